-- name: add_task(id, wave_id, content_hash, perspective, respondent_id, subject_id, unit_id, given_at)!
INSERT INTO tasks (id, wave_id, content_hash, perspective, respondent_id, subject_id, unit_id, given_at)
VALUES (:id, :wave_id, :content_hash, :perspective, :respondent_id, :subject_id, :unit_id, :given_at);

-- name: add_tasks(id, wave_id, content_hash, perspective, respondent_id, subject_id, unit_id, given_at)*!
INSERT INTO tasks (id, wave_id, content_hash, perspective, respondent_id, subject_id, unit_id, given_at)
VALUES (:id, :wave_id, :content_hash, :perspective, :respondent_id, :subject_id, :unit_id, :given_at);

-- name: add_assignments(id, task_id, position, job_area_id, short_form)*!
INSERT INTO assignments (id, task_id, position, job_area_id, short_form)
VALUES (:id, :task_id, :position, :job_area_id, :short_form);

-- name: add_sheets(id, assignment_id, order_seed)*!
INSERT INTO sheets (id, assignment_id, revision, order_seed) VALUES (:id, :assignment_id, 0, :order_seed);

-- name: tasks_of_wave(wave_id)
-- Of real people, the withdrawn ones too.
SELECT t.id, t.content_hash, t.perspective, t.respondent_id, t.subject_id, t.unit_id, t.withdrawn_at,
    EXISTS (
        SELECT 1 FROM assignments a JOIN sheets s ON s.assignment_id = a.id
        WHERE a.task_id = t.id AND s.submitted_at IS NOT NULL
    ) AS is_submitted
FROM tasks t JOIN people p ON p.id = t.respondent_id
WHERE t.wave_id = :wave_id AND p.tests_wave_id IS NULL;

-- name: tasks_between(wave_id, first, last)
-- Of the respondents whose ids lie between two.
SELECT id, content_hash, perspective, respondent_id, subject_id, unit_id, withdrawn_at
FROM tasks
WHERE wave_id = :wave_id AND respondent_id >= :first AND respondent_id <= :last;

-- name: count_tasks_of_wave(wave_id)$
SELECT COUNT(*) FROM tasks t JOIN people p ON p.id = t.respondent_id
WHERE t.wave_id = :wave_id AND t.withdrawn_at IS NULL AND p.tests_wave_id IS NULL;

-- name: lock_tasks(id)*!
-- Changes nothing, as lock_task.
UPDATE tasks SET id = id WHERE id = :id;

-- name: withdraw_tasks(id, now)*!
-- Never what has been submitted, in whole or in part.
UPDATE tasks SET withdrawn_at = :now
WHERE id = :id AND withdrawn_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM assignments a JOIN sheets s ON s.assignment_id = a.id
    WHERE a.task_id = tasks.id AND s.submitted_at IS NOT NULL
);

-- name: give_back_tasks(id, now)*!
UPDATE tasks SET withdrawn_at = NULL, given_at = :now WHERE id = :id AND withdrawn_at IS NOT NULL;

-- name: cancel_idle_letters(wave_id, now)!
-- Letters about a wave to those who have nothing to do in it any more.
UPDATE outbox SET state = 'cancelled', parameters = '{}', finished_at = :now
WHERE wave_id = :wave_id AND state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM tasks t
    WHERE t.wave_id = outbox.wave_id AND t.respondent_id = outbox.person_id AND t.withdrawn_at IS NULL
);

-- name: lock_task(id)!
-- Changes nothing: on PostgreSQL it makes other writers of this task wait until we are done.
UPDATE tasks SET id = id WHERE id = :id;

-- name: task(id)^
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id, t.withdrawn_at,
    w.name AS wave_name, w.state, w.opens_at, w.closes_at, w.job_areas, w.max_job_areas,
    o.id AS organisation_id, o.name AS organisation_name, o.settings,
    r.first_name AS respondent_first_name, r.name AS respondent_name, r.language AS respondent_language,
    s.first_name AS subject_first_name, s.name AS subject_name, s.language AS subject_language
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN organisations o ON o.id = w.organisation_id
JOIN people r ON r.id = t.respondent_id
JOIN people s ON s.id = t.subject_id
WHERE t.id = :id;

-- name: other_view(wave_id, content_hash, subject_id, perspective)^
-- The one task of that perspective on the same subject (never of direct reports, who are many).
SELECT t.id, t.respondent_id, p.first_name, p.name, p.language
FROM tasks t JOIN people p ON p.id = t.respondent_id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash
    AND t.subject_id = :subject_id AND t.perspective = :perspective
    AND t.perspective <> 'direct-report' AND t.withdrawn_at IS NULL;

-- name: tasks_of_respondent(respondent_id)
SELECT id, perspective, subject_id FROM tasks WHERE respondent_id = :respondent_id ORDER BY id;

-- name: ratings_of(subject_id)
-- Ratings by name of a person by another: what the person may have a copy of.
SELECT id, respondent_id FROM tasks
WHERE subject_id = :subject_id AND perspective = 'manager' AND withdrawn_at IS NULL
ORDER BY id;

-- name: add_assignment(id, task_id, position, job_area_id, short_form)!
INSERT INTO assignments (id, task_id, position, job_area_id, short_form)
VALUES (:id, :task_id, :position, :job_area_id, :short_form);

-- name: delete_assignment(id)!
DELETE FROM assignments WHERE id = :id;

-- name: assignments(task_id)
SELECT a.id, a.position, a.job_area_id, a.short_form, j.names AS job_area_names,
    s.id AS sheet_id, s.language, s.started_at, s.submitted_at, s.revision, s.order_seed
FROM assignments a
LEFT JOIN job_areas j ON j.id = a.job_area_id
LEFT JOIN sheets s ON s.assignment_id = a.id
WHERE a.task_id = :task_id
ORDER BY a.position;

-- name: answered_items(task_id)
SELECT s.id AS sheet_id, n.item_id
FROM answers n
JOIN sheets s ON s.id = n.sheet_id
JOIN assignments a ON a.id = s.assignment_id
WHERE a.task_id = :task_id AND (n.position IS NOT NULL OR n.text IS NOT NULL);

-- name: tasks_of_organisation(organisation_id)
SELECT t.id FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN people p ON p.id = t.subject_id
WHERE w.organisation_id = :organisation_id AND t.withdrawn_at IS NULL AND p.tests_wave_id IS NULL
ORDER BY p.employee_number, p.id, t.perspective, t.id;

-- name: own_tasks_beside(respondent_id, wave_id)
-- A person's tasks about themselves, in all waves of the organisation that this wave belongs to.
SELECT t.id, t.content_hash
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN waves this ON this.organisation_id = w.organisation_id
WHERE this.id = :wave_id AND t.respondent_id = :respondent_id AND t.perspective = 'self'
    AND t.withdrawn_at IS NULL
ORDER BY t.id;

-- name: add_task(id, wave_id, content_hash, perspective, respondent_id, subject_id)!
INSERT INTO tasks (id, wave_id, content_hash, perspective, respondent_id, subject_id)
VALUES (:id, :wave_id, :content_hash, :perspective, :respondent_id, :subject_id);

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
    AND t.perspective <> 'direct-report';

-- name: tasks_of_respondent(respondent_id)
SELECT id, perspective, subject_id FROM tasks WHERE respondent_id = :respondent_id ORDER BY id;

-- name: ratings_of(subject_id)
-- Ratings by name of a person by another: what the person may have a copy of.
SELECT id, respondent_id FROM tasks
WHERE subject_id = :subject_id AND perspective = 'manager'
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
WHERE w.organisation_id = :organisation_id
ORDER BY p.employee_number, p.id, t.perspective, t.id;

-- name: ratings_by(respondent_id, organisation_id)
-- What a person has been asked about others as their manager, each with the subject's own task beside it.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.name AS wave_name, w.state, w.opens_at, w.closes_at, own.id AS own_id,
    s.first_name AS subject_first_name, s.name AS subject_name, s.language AS subject_language
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN people s ON s.id = t.subject_id
LEFT JOIN tasks own ON own.wave_id = t.wave_id AND own.content_hash = t.content_hash
    AND own.subject_id = t.subject_id AND own.perspective = 'self'
WHERE t.respondent_id = :respondent_id AND t.perspective = 'manager' AND w.organisation_id = :organisation_id
ORDER BY t.id;

-- name: own_tasks_beside(respondent_id, wave_id)
-- A person's tasks about themselves, in all waves of the organisation that this wave belongs to.
SELECT t.id, t.content_hash
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN waves this ON this.organisation_id = w.organisation_id
WHERE this.id = :wave_id AND t.respondent_id = :respondent_id AND t.perspective = 'self'
ORDER BY t.id;

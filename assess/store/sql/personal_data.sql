-- name: has_a_team(person_id, now)$
-- Whether a person leads a unit now, or was ever asked to rate somebody.
SELECT COUNT(*) FROM people p
WHERE p.id = :person_id AND (
    EXISTS (
        SELECT 1 FROM memberships m
        WHERE m.person_id = p.id AND m.role = 'leader'
            AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
    )
    OR EXISTS (
        SELECT 1 FROM tasks t
        WHERE t.respondent_id = p.id AND t.perspective = 'manager' AND t.withdrawn_at IS NULL
    )
);

-- name: tasks_of_person(respondent_id)
-- What a person has been asked in every wave, newest wave first; nothing that was taken back.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.name AS wave_name, w.state, w.opens_at, w.closes_at, w.job_areas,
    s.first_name AS subject_first_name, s.name AS subject_name, s.language AS subject_language
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN people s ON s.id = t.subject_id
WHERE t.respondent_id = :respondent_id AND t.withdrawn_at IS NULL AND w.state <> 'draft'
ORDER BY w.opens_at DESC, w.id DESC, t.id;

-- name: sheets_of_person(respondent_id)
-- The sheets of those tasks, with how many questions have an answer.
SELECT a.task_id, a.job_area_id, a.short_form, j.names AS job_area_names, s.submitted_at,
    COUNT(CASE WHEN n.position IS NOT NULL OR n.text IS NOT NULL THEN 1 END) AS answered
FROM tasks t
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
LEFT JOIN job_areas j ON j.id = a.job_area_id
LEFT JOIN answers n ON n.sheet_id = s.id
WHERE t.respondent_id = :respondent_id AND t.withdrawn_at IS NULL
GROUP BY a.task_id, a.position, a.job_area_id, a.short_form, j.names, s.id, s.submitted_at
ORDER BY a.task_id, a.position;

-- name: coaches_of(organisation_id, person_id)
-- With whom a person can share: everybody who is coach now, but not the person.
SELECT p.id, p.first_name, p.name, p.language
FROM appointments a JOIN people p ON p.id = a.person_id
WHERE a.organisation_id = :organisation_id AND a.role = 'coach' AND a.ended_at IS NULL
    AND p.left_at IS NULL AND p.erased_at IS NULL AND p.id <> :person_id
ORDER BY p.id;

-- name: shares_in_force_of(task_id)
-- Who sees a task's profile by the latest decision about each. was_manager: it was shared while that one was asked
-- to rate the person, who is asked no more: nothing is seen.
SELECT s.with_id, s.decided_at, p.first_name, p.name, p.language, CASE WHEN EXISTS (
    SELECT 1 FROM tasks m
    WHERE m.wave_id = t.wave_id AND m.content_hash = t.content_hash AND m.subject_id = t.subject_id
        AND m.perspective = 'manager' AND m.respondent_id = s.with_id AND s.decided_at <= m.withdrawn_at
) THEN 1 ELSE 0 END AS was_manager
FROM shares s JOIN tasks t ON t.id = s.task_id JOIN people p ON p.id = s.with_id
WHERE s.task_id = :task_id AND s.shared = 1 AND p.erased_at IS NULL AND s.revision = (
    SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
)
ORDER BY s.with_id;

-- name: shared_with(with_id)
-- What others share with a person by their latest decision; nothing of whoever has left, who could not withdraw it,
-- and nothing that was shared with the person as somebody who was asked to rate them then, and is asked no more.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.organisation_id, w.name AS wave_name, w.state, w.opens_at, w.closes_at, s.decided_at,
    p.first_name AS subject_first_name, p.name AS subject_name, p.language AS subject_language
FROM shares s
JOIN tasks t ON t.id = s.task_id
JOIN waves w ON w.id = t.wave_id
JOIN people p ON p.id = t.subject_id
WHERE s.with_id = :with_id AND s.shared = 1 AND t.withdrawn_at IS NULL
    AND p.left_at IS NULL AND p.erased_at IS NULL AND s.revision = (
        SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM tasks m
        WHERE m.wave_id = t.wave_id AND m.content_hash = t.content_hash AND m.subject_id = t.subject_id
            AND m.perspective = 'manager' AND m.respondent_id = s.with_id AND s.decided_at <= m.withdrawn_at
    )
ORDER BY w.opens_at DESC, t.id;

-- name: raters_beside_shared(with_id)
-- Who rates the people who share with a person, by the task that was ever shared.
SELECT t.id AS task_id, m.respondent_id
FROM tasks t
JOIN tasks m ON m.wave_id = t.wave_id AND m.content_hash = t.content_hash AND m.subject_id = t.subject_id
    AND m.perspective = 'manager' AND m.withdrawn_at IS NULL
WHERE t.perspective = 'self'
    AND EXISTS (SELECT 1 FROM shares s WHERE s.task_id = t.id AND s.with_id = :with_id);

-- name: sheets_of_shared(with_id)
-- What is submitted of the tasks that were ever shared with a person.
SELECT a.task_id, a.job_area_id, j.names AS job_area_names
FROM assignments a
JOIN sheets h ON h.assignment_id = a.id AND h.submitted_at IS NOT NULL
LEFT JOIN job_areas j ON j.id = a.job_area_id
WHERE EXISTS (SELECT 1 FROM shares s WHERE s.task_id = a.task_id AND s.with_id = :with_id)
ORDER BY a.task_id, a.position;

-- name: looks_at(person_id)
-- What is noted about a person, or was done to the person's own row, newest first.
SELECT l.at, l.actor_id, l.action, l.object_id, p.name AS actor_name
FROM access_log l LEFT JOIN people p ON p.id = l.actor_id AND p.erased_at IS NULL
WHERE l.about_id = :person_id OR l.object_id = :person_id
ORDER BY l.at DESC, l.id DESC;

-- name: ratings_without_own(subject_id)
-- Managers' ratings of a person who was not asked the same in that wave.
SELECT t.id, t.content_hash FROM tasks t
WHERE t.subject_id = :subject_id AND t.perspective = 'manager' AND t.withdrawn_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM tasks o
    WHERE o.wave_id = t.wave_id AND o.content_hash = t.content_hash AND o.subject_id = t.subject_id
        AND o.perspective = 'self' AND o.withdrawn_at IS NULL
)
ORDER BY t.id;

-- name: offices_held(person_id)
SELECT role, granted_at, ended_at FROM appointments WHERE person_id = :person_id
UNION ALL
SELECT 'administrator', granted_at, ended_at FROM administrators WHERE person_id = :person_id
ORDER BY granted_at;

-- name: letters_of_person(person_id)
-- Kind and time; what a letter says is made when it is sent, and not kept.
SELECT o.kind, o.state, o.created_at, o.finished_at, w.name AS wave
FROM outbox o LEFT JOIN waves w ON w.id = o.wave_id
WHERE o.person_id = :person_id ORDER BY o.created_at, o.id;

-- name: devices_of_person(person_id)
SELECT language, created_at, seen_at, ended_at FROM person_sessions
WHERE person_id = :person_id ORDER BY created_at, id;

-- name: passkeys_kept_of_person(person_id)
SELECT name, created_at, last_used_at, ended_at FROM passkeys WHERE person_id = :person_id ORDER BY created_at, id;

-- name: erasure_requests_of(person_id)
SELECT asked_at, state, finished_at FROM erasure_requests WHERE person_id = :person_id ORDER BY asked_at, id;

-- name: contact_corrected(id, now)!
UPDATE people SET corrected_at = :now WHERE id = :id;

-- name: person_to_erase(id)^
SELECT id, organisation_id, email, language, erased_at FROM people WHERE id = :id;

-- name: tasks_to_erase(person_id)
-- Everything that a person answered or that was answered about the person.
SELECT id, wave_id, content_hash, perspective, respondent_id, subject_id FROM tasks
WHERE respondent_id = :person_id OR subject_id = :person_id ORDER BY id;

-- name: erase_answers(task_id)!
DELETE FROM answers WHERE sheet_id IN (
    SELECT s.id FROM sheets s JOIN assignments a ON a.id = s.assignment_id WHERE a.task_id = :task_id
);

-- name: erase_profiles(task_id)!
DELETE FROM profiles WHERE sheet_id IN (
    SELECT s.id FROM sheets s JOIN assignments a ON a.id = s.assignment_id WHERE a.task_id = :task_id
);

-- name: empty_sheets(task_id, now)!
UPDATE sheets SET erased_at = :now, language = NULL, order_seed = NULL, entered_by = NULL
WHERE assignment_id IN (SELECT id FROM assignments WHERE task_id = :task_id);

-- name: erase_shares(task_id)!
DELETE FROM shares WHERE task_id = :task_id;

-- name: erase_links(task_id)!
DELETE FROM link_tokens WHERE task_id = :task_id;

-- name: erase_paper_codes(task_id)!
DELETE FROM paper_codes WHERE task_id = :task_id;

-- name: erase_sessions(task_id)!
DELETE FROM sessions WHERE task_id = :task_id;

-- name: withdraw_erased_task(id, now)!
-- What was not submitted waits for nobody any more.
UPDATE tasks SET withdrawn_at = :now WHERE id = :id AND withdrawn_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM assignments a JOIN sheets s ON s.assignment_id = a.id
    WHERE a.task_id = tasks.id AND s.submitted_at IS NOT NULL
);

-- name: erase_shares_with(person_id)!
DELETE FROM shares WHERE with_id = :person_id;

-- name: erase_memberships(person_id)!
DELETE FROM memberships WHERE person_id = :person_id;

-- name: erase_appointments(person_id)!
DELETE FROM appointments WHERE person_id = :person_id;

-- name: erase_grants(person_id)!
DELETE FROM administrators WHERE person_id = :person_id;

-- name: erase_person_sessions(person_id)!
DELETE FROM person_sessions WHERE person_id = :person_id;

-- name: erase_sign_in_links(person_id)!
DELETE FROM sign_in_links WHERE person_id = :person_id;

-- name: erase_passkeys(person_id)!
DELETE FROM passkeys WHERE person_id = :person_id;

-- name: erase_sign_in_requests(address)!
DELETE FROM sign_in_requests WHERE LOWER(address) = :address;

-- name: erase_rosters(organisation_id)!
-- As they were read, with everybody's names.
DELETE FROM roster_imports WHERE organisation_id = :organisation_id;

-- name: replace_release_member(person_id, nobody)!
UPDATE release_members SET person_id = :nobody WHERE person_id = :person_id;

-- name: erase_person(id, now)!
UPDATE people SET first_name = '', name = '', email = NULL, employee_number = NULL, corrected_at = NULL,
    left_at = COALESCE(left_at, :now), erased_at = :now
WHERE id = :id;

-- name: other_administrators(person_id)
-- Organisations that only this person administers.
SELECT a.organisation_id FROM administrators a
WHERE a.person_id = :person_id AND a.ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM administrators o
    WHERE o.organisation_id = a.organisation_id AND o.person_id <> a.person_id AND o.ended_at IS NULL
);

-- name: add_erasure_request(id, organisation_id, person_id, now)!
INSERT INTO erasure_requests (id, organisation_id, person_id, asked_at, state)
VALUES (:id, :organisation_id, :person_id, :now, 'asked');

-- name: open_erasure_request(person_id)^
SELECT id, asked_at FROM erasure_requests
WHERE person_id = :person_id AND state = 'asked' ORDER BY asked_at, id LIMIT 1;

-- name: take_back_erasure_requests(person_id, now)!
UPDATE erasure_requests SET state = 'taken-back', finished_at = :now
WHERE person_id = :person_id AND state = 'asked';

-- name: erasure_requests_done(person_id, now)!
UPDATE erasure_requests SET state = 'done', finished_at = :now
WHERE person_id = :person_id AND state = 'asked';

-- name: erasure_request(id)^
SELECT id, organisation_id, person_id, state FROM erasure_requests WHERE id = :id;

-- name: erasure_requests_of_organisation(organisation_id)
-- Those that wait first, the oldest at the top.
SELECT e.id, e.person_id, e.asked_at, e.state, e.finished_at, p.name, p.employee_number
FROM erasure_requests e JOIN people p ON p.id = e.person_id
WHERE e.organisation_id = :organisation_id
ORDER BY CASE WHEN e.state = 'asked' THEN 0 ELSE 1 END, e.asked_at, e.id;

-- name: wave_to_purge(id)^
SELECT id, organisation_id, state, plan, purged_at FROM waves WHERE id = :id;

-- name: wave_purged(id, now)!
UPDATE waves SET purged_at = :now WHERE id = :id AND purged_at IS NULL;

-- name: delete_old_rosters(before)!
DELETE FROM roster_imports WHERE made_at < :before;

-- name: delete_old_letters(before)!
DELETE FROM outbox WHERE finished_at < :before;

-- name: purge_documents(wave_id)!
DELETE FROM documents WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_links(wave_id)!
DELETE FROM link_tokens WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_codes(wave_id)!
DELETE FROM paper_codes WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_sessions(wave_id)!
DELETE FROM sessions WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_shares(wave_id)!
DELETE FROM shares WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_profiles(wave_id)!
DELETE FROM profiles WHERE sheet_id IN (SELECT id FROM sheets WHERE assignment_id IN
    (SELECT id FROM assignments WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id)));

-- name: purge_answers(wave_id)!
DELETE FROM answers WHERE sheet_id IN (SELECT id FROM sheets WHERE assignment_id IN
    (SELECT id FROM assignments WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id)));

-- name: purge_sheets(wave_id)!
DELETE FROM sheets WHERE assignment_id IN
    (SELECT id FROM assignments WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id));

-- name: purge_assignments(wave_id)!
DELETE FROM assignments WHERE task_id IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: purge_tasks(wave_id)!
DELETE FROM tasks WHERE wave_id = :wave_id;

-- name: newest_planned_waves(organisation_id, most)
-- Waves of campaigns that have opened and still hold their answers.
SELECT id FROM waves
WHERE organisation_id = :organisation_id AND campaign_id IS NOT NULL AND state IN ('open', 'closed')
    AND purged_at IS NULL
ORDER BY opens_at DESC, id DESC LIMIT :most;

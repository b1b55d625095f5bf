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
-- Who sees a task's profile by the latest decision about each.
SELECT s.with_id, s.decided_at, p.first_name, p.name, p.language
FROM shares s JOIN people p ON p.id = s.with_id
WHERE s.task_id = :task_id AND s.shared = 1 AND p.erased_at IS NULL AND s.revision = (
    SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
)
ORDER BY s.with_id;

-- name: shared_with(with_id)
-- What others share with a person by their latest decision.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.organisation_id, w.name AS wave_name, w.state, w.opens_at, w.closes_at, s.decided_at,
    p.first_name AS subject_first_name, p.name AS subject_name, p.language AS subject_language
FROM shares s
JOIN tasks t ON t.id = s.task_id
JOIN waves w ON w.id = t.wave_id
JOIN people p ON p.id = t.subject_id
WHERE s.with_id = :with_id AND s.shared = 1 AND t.withdrawn_at IS NULL AND s.revision = (
    SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
)
ORDER BY w.opens_at DESC, t.id;

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

-- name: offices_of(person_id)
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

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

-- name: own_profiles_of(respondent_id)
-- What a person has submitted about the own person, the newest last.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.name AS wave_name, w.state, w.opens_at, w.closes_at, f.profile, f.made_at
FROM tasks t
JOIN waves w ON w.id = t.wave_id AND w.state NOT IN ('draft', 'testing')
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id AND s.submitted_at IS NOT NULL
JOIN profiles f ON f.sheet_id = s.id
WHERE t.respondent_id = :respondent_id AND t.perspective = 'self' AND t.withdrawn_at IS NULL
ORDER BY f.made_at, f.id;

-- name: people_rated(respondent_id)
-- How many people somebody has rated as their manager, by wave and questionnaire.
SELECT t.wave_id, t.content_hash, COUNT(DISTINCT t.subject_id) AS people
FROM tasks t
JOIN people p ON p.id = t.subject_id AND p.tests_wave_id IS NULL
WHERE t.respondent_id = :respondent_id AND t.perspective = 'manager' AND t.withdrawn_at IS NULL
    AND EXISTS (
        SELECT 1 FROM assignments a JOIN sheets s ON s.assignment_id = a.id
        WHERE a.task_id = t.id AND s.submitted_at IS NOT NULL
    )
GROUP BY t.wave_id, t.content_hash;

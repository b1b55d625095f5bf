-- name: views_near(actor_id, subject_id, now)
-- One row for each sheet (and each of its profiles, the latest last) of everything that anybody has said by name
-- about whom a person rates, is, or is shared with: which of it may be seen the rights say. `subject_id`: of one
-- subject only; NULL: of all. Throw-away respondents see each other alone. What was shared with the actor as
-- somebody who was asked to rate the person then, and is asked no more, is shared no more.
WITH near (wave_id, content_hash, subject_id) AS (
    SELECT t.wave_id, t.content_hash, t.subject_id FROM tasks t
    WHERE t.respondent_id = :actor_id AND t.perspective IN ('self', 'manager') AND t.withdrawn_at IS NULL
    UNION
    SELECT t.wave_id, t.content_hash, t.subject_id FROM tasks t
    WHERE t.subject_id = :actor_id AND t.perspective IN ('self', 'manager') AND t.withdrawn_at IS NULL
    UNION
    SELECT t.wave_id, t.content_hash, t.subject_id FROM shares s JOIN tasks t ON t.id = s.task_id
    WHERE s.with_id = :actor_id AND t.withdrawn_at IS NULL
)
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.organisation_id, w.name AS wave_name, w.state, w.opens_at, w.closes_at,
    p.first_name AS subject_first_name, p.name AS subject_name, p.language AS subject_language,
    a.id AS assignment_id, a.job_area_id, j.names AS job_area_names, s.submitted_at, f.profile, f.made_at,
    h.shared, h.decided_at
FROM near n
JOIN tasks t ON t.wave_id = n.wave_id AND t.content_hash = n.content_hash AND t.subject_id = n.subject_id
    AND t.perspective IN ('self', 'manager') AND t.withdrawn_at IS NULL
JOIN waves w ON w.id = t.wave_id AND w.state <> 'draft'
JOIN people v ON v.id = :actor_id
JOIN people p ON p.id = t.subject_id AND p.erased_at IS NULL
    AND COALESCE(p.tests_wave_id, '') = COALESCE(v.tests_wave_id, '')
    AND (p.id = :actor_id OR p.left_at IS NULL OR p.left_at > :now)
LEFT JOIN assignments a ON a.task_id = t.id
LEFT JOIN job_areas j ON j.id = a.job_area_id
LEFT JOIN sheets s ON s.assignment_id = a.id
LEFT JOIN profiles f ON f.sheet_id = s.id
LEFT JOIN shares h ON h.task_id = t.id AND h.with_id = :actor_id AND h.revision = (
    SELECT MAX(o.revision) FROM shares o WHERE o.task_id = t.id AND o.with_id = :actor_id)
    AND NOT EXISTS (
        SELECT 1 FROM tasks m
        WHERE m.wave_id = t.wave_id AND m.content_hash = t.content_hash AND m.subject_id = t.subject_id
            AND m.perspective = 'manager' AND m.respondent_id = :actor_id AND h.decided_at <= m.withdrawn_at
    )
WHERE CAST(:subject_id AS TEXT) IS NULL OR t.subject_id = :subject_id
ORDER BY w.opens_at DESC, w.id DESC, t.id, a.position, f.made_at, f.id;

-- name: led_no_longer(leader_id, subject_id, now)
-- Whom somebody has led, in the unit or one beneath it, and leads no longer: whoever stopped leading, or whose
-- people have moved. Who rates people without ever having led them is not meant. `subject_id`: NULL: of all.
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.person_id = :leader_id AND m.role = 'leader'
        AND (p.left_at IS NULL OR p.left_at > :now)
        AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :now
),
once (id) AS (
    SELECT m.unit_id FROM memberships m
    WHERE m.person_id = :leader_id AND m.role = 'leader' AND m.starts_at <= :now
    UNION
    SELECT u.id FROM units u JOIN once ON u.parent_id = once.id
)
SELECT DISTINCT m.person_id FROM memberships m
WHERE m.person_id <> :leader_id AND m.starts_at <= :now AND m.unit_id IN (SELECT id FROM once)
    AND (CAST(:subject_id AS TEXT) IS NULL OR m.person_id = :subject_id)
    AND NOT EXISTS (
        SELECT 1 FROM memberships c
        WHERE c.person_id = m.person_id AND c.unit_id IN (SELECT id FROM led)
            AND c.starts_at <= :now AND (c.ends_at IS NULL OR c.ends_at > :now)
    );

-- Offices: what somebody may do beyond the own affairs.

-- name: offices_of(person_id)
-- Whoever left or was erased holds no appointment any more, even where nobody has ended it.
SELECT 'administrator' AS role, organisation_id FROM administrators
WHERE person_id = :person_id AND ended_at IS NULL
UNION ALL
SELECT a.role, a.organisation_id FROM appointments a
JOIN people p ON p.id = a.person_id AND p.left_at IS NULL AND p.erased_at IS NULL
WHERE a.person_id = :person_id AND a.ended_at IS NULL;

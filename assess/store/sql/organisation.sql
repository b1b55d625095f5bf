-- name: organisation(id)^
SELECT id, name, settings FROM organisations WHERE id = :id;

-- name: lock_organisation(id)!
-- Changes nothing: on PostgreSQL it makes others who change the organisation wait until we are done.
UPDATE organisations SET id = id WHERE id = :id;

-- name: units(organisation_id)
SELECT id, name, parent_id, ended_at FROM units WHERE organisation_id = :organisation_id ORDER BY id;

-- name: units_at(organisation_id, at)
SELECT id, name, parent_id, ended_at FROM units
WHERE organisation_id = :organisation_id AND (ended_at IS NULL OR ended_at > :at)
ORDER BY id;

-- name: memberships_at(organisation_id, at)
-- Of real people only. The home unit of each comes first: the longest membership, or else what one leads.
SELECT m.person_id, m.unit_id, m.role, m.job_role_id,
    p.first_name, p.name, p.email, p.employee_number, p.language
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.organisation_id = :organisation_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
    AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
ORDER BY m.person_id, CASE m.role WHEN 'member' THEN 0 ELSE 1 END, m.starts_at, m.id;

-- name: leaders_at(organisation_id, at)
-- The newest last, so that it is the one that counts.
SELECT m.unit_id, m.person_id
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.organisation_id = :organisation_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
    AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.role = 'leader' AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
ORDER BY m.starts_at, m.id;

-- name: units_led_by(person_id, at)
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.person_id = :person_id AND m.role = 'leader'
        AND (p.left_at IS NULL OR p.left_at > :at)
        AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :at
)
SELECT id FROM led;

-- name: leaders_above(unit_id, at)
WITH RECURSIVE above (id) AS (
    SELECT id FROM units WHERE id = :unit_id
    UNION
    SELECT u.parent_id FROM units u JOIN above ON u.id = above.id WHERE u.parent_id IS NOT NULL
)
SELECT DISTINCT m.person_id
FROM memberships m
JOIN above ON above.id = m.unit_id
JOIN people p ON p.id = m.person_id
WHERE m.role = 'leader' AND p.tests_wave_id IS NULL AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at);

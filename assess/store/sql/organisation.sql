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

-- name: managed_person(id, organisation_id)^
SELECT id, organisation_id, first_name, name, email, employee_number, language, left_at FROM people
WHERE id = :id AND organisation_id = :organisation_id AND tests_wave_id IS NULL AND erased_at IS NULL;

-- name: appoint(id, organisation_id, person_id, role, now)!
INSERT INTO appointments (id, organisation_id, person_id, role, granted_at)
VALUES (:id, :organisation_id, :person_id, :role, :now)
ON CONFLICT DO NOTHING;

-- name: end_appointment(organisation_id, person_id, role, now)!
UPDATE appointments SET ended_at = :now
WHERE organisation_id = :organisation_id AND person_id = :person_id AND role = :role AND ended_at IS NULL;

-- name: end_appointments(person_id, now)!
UPDATE appointments SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL;

-- name: appointments_in(organisation_id)
SELECT a.person_id, p.name, a.role, a.granted_at
FROM appointments a JOIN people p ON p.id = a.person_id AND p.left_at IS NULL AND p.erased_at IS NULL
WHERE a.organisation_id = :organisation_id AND a.ended_at IS NULL
ORDER BY p.name, p.id, a.role;

-- name: appointments_of(person_id)
SELECT a.organisation_id, a.role
FROM appointments a JOIN people p ON p.id = a.person_id AND p.left_at IS NULL AND p.erased_at IS NULL
WHERE a.person_id = :person_id AND a.ended_at IS NULL;

-- name: person_history(person_id)
SELECT m.id, m.unit_id, m.role, m.starts_at, m.ends_at, r.names AS job_role
FROM memberships m LEFT JOIN job_roles r ON r.id = m.job_role_id
WHERE m.person_id = :person_id ORDER BY m.starts_at DESC, m.id;

-- name: end_membership(id, person_id, now)!
UPDATE memberships SET ends_at = :now
WHERE id = :id AND person_id = :person_id AND (ends_at IS NULL OR ends_at > :now);

-- name: end_memberships_of(person_id, now)!
UPDATE memberships SET ends_at = :now WHERE person_id = :person_id AND (ends_at IS NULL OR ends_at > :now);

-- name: end_leaders_of_unit(unit_id, now)!
UPDATE memberships SET ends_at = :now
WHERE unit_id = :unit_id AND role = 'leader' AND (ends_at IS NULL OR ends_at > :now);

-- name: person_left(id, left_at)!
UPDATE people SET left_at = :left_at WHERE id = :id AND left_at IS NULL;

-- name: correct_person(id, first_name, name, email, employee_number, language)!
UPDATE people SET first_name = :first_name, name = :name, email = :email,
    employee_number = :employee_number, language = :language
WHERE id = :id;

-- name: person_with_number(organisation_id, employee_number)$
SELECT id FROM people WHERE organisation_id = :organisation_id AND employee_number = :employee_number;

-- name: current_people_with_email(organisation_id, email)
SELECT id FROM people
WHERE organisation_id = :organisation_id AND LOWER(email) = :email
    AND tests_wave_id IS NULL AND left_at IS NULL AND erased_at IS NULL;

-- name: unit_of(id, organisation_id)^
SELECT id, name, parent_id, ended_at FROM units WHERE id = :id AND organisation_id = :organisation_id;

-- name: end_unit(id, now)!
UPDATE units SET ended_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: roster_people(organisation_id)
SELECT p.id, p.first_name, p.name, p.email, p.employee_number, p.language, p.left_at,
    CASE WHEN a.person_id IS NULL THEN 0 ELSE 1 END AS administers
FROM people p
LEFT JOIN administrators a ON a.person_id = p.id AND a.organisation_id = p.organisation_id AND a.ended_at IS NULL
WHERE p.organisation_id = :organisation_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
ORDER BY p.id;

-- name: roster_memberships(organisation_id)
SELECT m.id, m.person_id, m.unit_id, m.role, m.job_role_id
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.organisation_id = :organisation_id AND m.ends_at IS NULL AND p.left_at IS NULL
    AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
ORDER BY m.starts_at, m.id;

-- name: roster_areas(organisation_id)
SELECT id, names, position, retired_at FROM job_areas WHERE organisation_id = :organisation_id ORDER BY id;

-- name: roster_roles(organisation_id)
SELECT r.id, r.names, a.job_area_id
FROM job_roles r LEFT JOIN job_role_areas a ON a.job_role_id = r.id
WHERE r.organisation_id = :organisation_id ORDER BY r.id, a.job_area_id;

-- name: add_units(id, organisation_id, parent_id, name)*!
INSERT INTO units (id, organisation_id, parent_id, name) VALUES (:id, :organisation_id, :parent_id, :name);

-- name: open_units_again(id)*!
UPDATE units SET ended_at = NULL WHERE id = :id;

-- name: end_units(id, now)*!
UPDATE units SET ended_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: end_memberships_in_units(id, now)*!
UPDATE memberships SET ends_at = :now WHERE unit_id = :id AND (ends_at IS NULL OR ends_at > :now);

-- name: add_people(id, organisation_id, first_name, name, email, employee_number, language)*!
INSERT INTO people (id, organisation_id, first_name, name, email, employee_number, language)
VALUES (:id, :organisation_id, :first_name, :name, :email, :employee_number, :language);

-- name: change_people(id, first_name, name, email, employee_number, language)*!
UPDATE people SET first_name = :first_name, name = :name, email = :email,
    employee_number = :employee_number, language = :language, left_at = NULL
WHERE id = :id;

-- name: add_memberships(id, person_id, unit_id, role, job_role_id, starts_at)*!
INSERT INTO memberships (id, person_id, unit_id, role, job_role_id, starts_at)
VALUES (:id, :person_id, :unit_id, :role, :job_role_id, :starts_at);

-- name: end_memberships(id, now)*!
UPDATE memberships SET ends_at = :now WHERE id = :id AND (ends_at IS NULL OR ends_at > :now);

-- name: people_left(id, now)*!
UPDATE people SET left_at = :now WHERE id = :id AND left_at IS NULL;

-- name: end_memberships_of_people(id, now)*!
UPDATE memberships SET ends_at = :now WHERE person_id = :id AND (ends_at IS NULL OR ends_at > :now);

-- name: end_appointments_of_people(id, now)*!
UPDATE appointments SET ended_at = :now WHERE person_id = :id AND ended_at IS NULL;

-- name: end_person_sessions_of_people(id, now)*!
UPDATE person_sessions SET ended_at = :now WHERE person_id = :id AND ended_at IS NULL;

-- name: end_sign_in_links_of_people(id, now)*!
UPDATE sign_in_links SET expires_at = :now WHERE person_id = :id AND used_at IS NULL AND expires_at > :now;

-- name: add_job_areas(id, organisation_id, names, position)*!
INSERT INTO job_areas (id, organisation_id, names, position) VALUES (:id, :organisation_id, :names, :position);

-- name: add_job_roles(id, organisation_id, names)*!
INSERT INTO job_roles (id, organisation_id, names) VALUES (:id, :organisation_id, :names);

-- name: add_job_role_areas(job_role_id, job_area_id)*!
INSERT INTO job_role_areas (job_role_id, job_area_id) VALUES (:job_role_id, :job_area_id);

-- name: add_roster_import(id, organisation_id, made_by, made_at, file_name, content, options, made_of)!
INSERT INTO roster_imports (id, organisation_id, made_by, made_at, file_name, content, options, made_of)
VALUES (:id, :organisation_id, :made_by, :made_at, :file_name, :content, :options, :made_of);

-- name: roster_import(id)^
SELECT id, organisation_id, made_by, made_at, file_name, content, options, made_of, applied_at
FROM roster_imports WHERE id = :id;

-- name: roster_import_made_of(id, made_of)!
UPDATE roster_imports SET made_of = :made_of WHERE id = :id AND applied_at IS NULL;

-- name: roster_import_applied(id, options, nothing, now)!
-- What was read is not kept: it has become people.
UPDATE roster_imports SET applied_at = :now, options = :options, content = :nothing
WHERE id = :id AND applied_at IS NULL;

-- name: people_by_unit(organisation_id, at)
-- Everybody at home: members, and whoever only leads.
SELECT m.unit_id, COUNT(DISTINCT m.person_id) AS people
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.organisation_id = :organisation_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
    AND p.left_at IS NULL AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    AND (m.role = 'member' OR NOT EXISTS (
        SELECT 1 FROM memberships o
        WHERE o.person_id = m.person_id AND o.role = 'member'
            AND o.starts_at <= :at AND (o.ends_at IS NULL OR o.ends_at > :at)
    ))
GROUP BY m.unit_id;

-- name: people_in_unit(unit_id, at)
SELECT p.id, p.name, p.email, p.employee_number,
    MAX(CASE m.role WHEN 'leader' THEN 1 ELSE 0 END) AS leads
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE m.unit_id = :unit_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL AND p.left_at IS NULL
    AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
GROUP BY p.id, p.name, p.email, p.employee_number;

-- name: homes_of(person_id, at)
SELECT unit_id FROM memberships
WHERE person_id = :person_id AND starts_at <= :at AND (ends_at IS NULL OR ends_at > :at)
ORDER BY CASE role WHEN 'member' THEN 0 ELSE 1 END, starts_at, id;

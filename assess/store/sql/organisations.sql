-- name: add_organisation(id, name, settings)!
INSERT INTO organisations (id, name, settings) VALUES (:id, :name, :settings);

-- name: count_organisations()$
SELECT COUNT(*) FROM organisations;

-- name: organisations()
SELECT id, name, settings FROM organisations ORDER BY id;

-- name: add_unit(id, organisation_id, parent_id, name)!
INSERT INTO units (id, organisation_id, parent_id, name) VALUES (:id, :organisation_id, :parent_id, :name);

-- name: add_person(id, organisation_id, first_name, name, email, employee_number, language)!
INSERT INTO people (id, organisation_id, first_name, name, email, employee_number, language)
VALUES (:id, :organisation_id, :first_name, :name, :email, :employee_number, :language);

-- name: person(id)^
SELECT id, organisation_id, first_name, name, email, employee_number, language FROM people WHERE id = :id;

-- name: add_membership(id, person_id, unit_id, role, job_role_id, starts_at, ends_at)!
INSERT INTO memberships (id, person_id, unit_id, role, job_role_id, starts_at, ends_at)
VALUES (:id, :person_id, :unit_id, :role, :job_role_id, :starts_at, :ends_at);

-- name: memberships_of(person_id)
SELECT m.role, m.starts_at, m.ends_at, u.name AS unit
FROM memberships m JOIN units u ON u.id = m.unit_id
WHERE m.person_id = :person_id ORDER BY m.starts_at, m.id;

-- name: add_job_area(id, organisation_id, names, position)!
INSERT INTO job_areas (id, organisation_id, names, position) VALUES (:id, :organisation_id, :names, :position);

-- name: job_areas_to_choose(organisation_id)
SELECT id, names FROM job_areas
WHERE organisation_id = :organisation_id AND retired_at IS NULL
ORDER BY position, id;

-- name: add_job_role(id, organisation_id, names)!
INSERT INTO job_roles (id, organisation_id, names) VALUES (:id, :organisation_id, :names);

-- name: add_job_role_area(job_role_id, job_area_id)!
INSERT INTO job_role_areas (job_role_id, job_area_id) VALUES (:job_role_id, :job_area_id);

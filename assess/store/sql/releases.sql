-- name: release_sheets(wave_id, content_hash, perspective)
-- Submitted sheets of real people, by respondent; whoever has no unit cannot be placed.
SELECT s.id, t.respondent_id, t.unit_id, a.short_form
FROM tasks t
JOIN people p ON p.id = t.respondent_id
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash AND t.perspective = :perspective
    AND s.submitted_at IS NOT NULL AND s.erased_at IS NULL AND t.withdrawn_at IS NULL AND t.unit_id IS NOT NULL
    AND p.tests_wave_id IS NULL
ORDER BY t.respondent_id, a.position, s.id;

-- name: release_answers(wave_id, content_hash, perspective, first, last)
-- What the respondents whose ids lie between two have answered.
SELECT n.sheet_id, n.item_id, n.position, n.text
FROM tasks t
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
JOIN answers n ON n.sheet_id = s.id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash AND t.perspective = :perspective
    AND t.respondent_id >= :first AND t.respondent_id <= :last
    AND s.submitted_at IS NOT NULL AND s.erased_at IS NULL AND t.withdrawn_at IS NULL AND t.unit_id IS NOT NULL
    AND (n.position IS NOT NULL OR n.text IS NOT NULL);

-- name: perspectives_asked(wave_id)
SELECT DISTINCT content_hash, perspective FROM tasks
WHERE wave_id = :wave_id AND withdrawn_at IS NULL
ORDER BY content_hash, perspective;

-- name: releases_of_wave(wave_id)
SELECT id, content_hash, perspective FROM releases WHERE wave_id = :wave_id;

-- name: earlier_releases(organisation_id, questionnaire_id, perspective)
-- Everything published about a questionnaire, whatever its version.
SELECT r.id, r.wave_id, r.content_hash, r.about, r.made_at
FROM releases r
JOIN questionnaire_versions v ON v.content_hash = r.content_hash
WHERE r.organisation_id = :organisation_id AND v.questionnaire_id = :questionnaire_id
    AND r.perspective = :perspective
ORDER BY r.made_at, r.id;

-- name: members_of_release(release_id)
SELECT person_id, cell, wide_cell FROM release_members WHERE release_id = :release_id;

-- name: add_release(id, organisation_id, wave_id, content_hash, perspective, version, method, about, made_at)!
INSERT INTO releases (id, organisation_id, wave_id, content_hash, perspective, version, method, about, made_at)
VALUES (:id, :organisation_id, :wave_id, :content_hash, :perspective, :version, :method, :about, :made_at)
ON CONFLICT (wave_id, content_hash, perspective, version) DO NOTHING;

-- name: add_release_groups(release_id, unit_id, figures)*!
INSERT INTO release_groups (release_id, unit_id, figures) VALUES (:release_id, :unit_id, :figures);

-- name: add_release_members(release_id, cell, wide_cell, person_id)*!
INSERT INTO release_members (release_id, cell, wide_cell, person_id)
VALUES (:release_id, :cell, :wide_cell, :person_id);

-- name: releases_of_organisation(organisation_id)
SELECT r.id, r.organisation_id, r.wave_id, r.content_hash, r.perspective, r.version, r.method, r.about, r.made_at
FROM releases r WHERE r.organisation_id = :organisation_id
ORDER BY r.made_at DESC, r.id DESC;

-- name: release(id)^
SELECT id, organisation_id, wave_id, content_hash, perspective, version, method, about, made_at
FROM releases WHERE id = :id;

-- name: released_units(release_id)
SELECT unit_id FROM release_groups WHERE release_id = :release_id;

-- name: units_released(organisation_id)
-- As released_units, of all releases at once.
SELECT g.release_id, g.unit_id
FROM releases r JOIN release_groups g ON g.release_id = r.id
WHERE r.organisation_id = :organisation_id;

-- name: release_group(release_id, unit_id)$
SELECT figures FROM release_groups WHERE release_id = :release_id AND unit_id = :unit_id;

-- name: release_groups(release_id)
SELECT unit_id, figures FROM release_groups WHERE release_id = :release_id;

-- name: people_leading(organisation_id, at)
-- Every leader of every unit, also where a unit has several.
SELECT m.unit_id, m.person_id
FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.organisation_id = :organisation_id AND p.tests_wave_id IS NULL
    AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.role = 'leader' AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at);

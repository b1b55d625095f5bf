-- name: pools(organisation_id)
-- Submitted sheets of each wave, questionnaire, perspective and form, with the people behind them.
SELECT t.wave_id, t.content_hash, t.perspective, a.short_form,
    COUNT(s.submitted_at) AS sheets,
    COUNT(DISTINCT CASE WHEN s.submitted_at IS NOT NULL THEN t.respondent_id END) AS respondents,
    COUNT(DISTINCT CASE WHEN s.submitted_at IS NOT NULL THEN t.subject_id END) AS subjects
FROM waves w
JOIN tasks t ON t.wave_id = w.id AND t.withdrawn_at IS NULL
JOIN people p ON p.id = t.respondent_id AND p.tests_wave_id IS NULL
LEFT JOIN assignments a ON a.task_id = t.id
LEFT JOIN sheets s ON s.assignment_id = a.id
WHERE w.organisation_id = :organisation_id
    AND w.state IN ('open', 'closed', 'archived')
GROUP BY t.wave_id, t.content_hash, t.perspective, a.short_form
ORDER BY t.wave_id, t.content_hash, t.perspective, a.short_form;

-- name: waves_of_organisation(organisation_id)
SELECT id, name, state, opens_at, closes_at FROM waves
WHERE organisation_id = :organisation_id AND state IN ('open', 'closed', 'archived')
ORDER BY opens_at DESC, id DESC;

-- name: lock_wave(id)!
-- Changes nothing: on PostgreSQL it makes other writers about this wave wait until we are done.
UPDATE waves SET id = id WHERE id = :id;

-- name: submitted_sheets(wave_id, content_hash, perspective)
SELECT s.id, t.respondent_id, t.subject_id, a.position, a.short_form, s.order_seed, s.language
FROM tasks t
JOIN people p ON p.id = t.respondent_id
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash AND t.perspective = :perspective
    AND s.submitted_at IS NOT NULL AND s.erased_at IS NULL
    AND t.withdrawn_at IS NULL AND p.tests_wave_id IS NULL
ORDER BY s.id;

-- name: erased_sheets(wave_id, content_hash, perspective)$
-- Of how many submitted sheets the answers have been erased.
SELECT COUNT(*) FROM tasks t
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash AND t.perspective = :perspective
    AND s.submitted_at IS NOT NULL AND s.erased_at IS NOT NULL;

-- name: submitted_answers(wave_id, content_hash, perspective)
SELECT n.sheet_id, n.item_id, n.position, n.saved_at
FROM tasks t
JOIN people p ON p.id = t.respondent_id
JOIN assignments a ON a.task_id = t.id
JOIN sheets s ON s.assignment_id = a.id
JOIN answers n ON n.sheet_id = s.id
WHERE t.wave_id = :wave_id AND t.content_hash = :content_hash AND t.perspective = :perspective
    AND s.submitted_at IS NOT NULL AND t.withdrawn_at IS NULL AND p.tests_wave_id IS NULL AND n.position IS NOT NULL;

-- name: measurement(wave_id, content_hash, perspective, short_form)^
SELECT method, made_of, measurement, made_at FROM measurements
WHERE wave_id = :wave_id AND content_hash = :content_hash
    AND perspective = :perspective AND short_form = :short_form;

-- name: put_measurement(wave_id, content_hash, perspective, short_form, method, made_of, measurement, made_at)!
INSERT INTO measurements (wave_id, content_hash, perspective, short_form, method, made_of, measurement, made_at)
VALUES (:wave_id, :content_hash, :perspective, :short_form, :method, :made_of, :measurement, :made_at)
ON CONFLICT (wave_id, content_hash, perspective, short_form) DO UPDATE
SET method = excluded.method, made_of = excluded.made_of, measurement = excluded.measurement,
    made_at = excluded.made_at;

-- name: precision_in_force(organisation_id, content_hash, perspective)^
-- The newest that is not withdrawn.
SELECT p.record_id AS id, r.source, r.figures
FROM precision_publications p
JOIN precision_records r
    ON r.content_hash = p.content_hash AND r.perspective = p.perspective AND r.id = p.record_id
WHERE p.organisation_id = :organisation_id AND p.content_hash = :content_hash
    AND p.perspective = :perspective AND p.withdrawn_at IS NULL
ORDER BY p.published_at DESC, p.id DESC LIMIT 1;

-- name: precision_record_ids(content_hash, perspective)
SELECT id FROM precision_records WHERE content_hash = :content_hash AND perspective = :perspective;

-- name: add_precision_publication(id, organisation_id, content_hash, perspective, record_id, publication, now, person_id)!
INSERT INTO precision_publications
    (id, organisation_id, content_hash, perspective, record_id, publication, published_at, published_by)
VALUES (:id, :organisation_id, :content_hash, :perspective, :record_id, :publication, :now, :person_id);

-- name: precision_publications(organisation_id)
SELECT p.id, p.content_hash, p.perspective, p.record_id, p.publication, p.published_at, p.withdrawn_at,
    b.name AS published_by, w.name AS withdrawn_by
FROM precision_publications p
JOIN people b ON b.id = p.published_by
LEFT JOIN people w ON w.id = p.withdrawn_by
WHERE p.organisation_id = :organisation_id
ORDER BY p.published_at DESC, p.id DESC;

-- name: precision_publication(id)^
SELECT organisation_id FROM precision_publications WHERE id = :id;

-- name: withdraw_precision(id, now, person_id)!
UPDATE precision_publications SET withdrawn_at = :now, withdrawn_by = :person_id
WHERE id = :id AND withdrawn_at IS NULL;

-- name: norms_of_organisation(organisation_id)
SELECT n.id, n.content_hash, n.perspective, n.version, n.norms, n.built_at, p.name AS built_by
FROM norms n JOIN people p ON p.id = n.built_by
WHERE n.organisation_id = :organisation_id
ORDER BY n.built_at DESC, n.id DESC;

-- name: last_norms_version(organisation_id, content_hash, perspective)$
SELECT COALESCE(MAX(version), 0) FROM norms
WHERE organisation_id = :organisation_id AND content_hash = :content_hash AND perspective = :perspective;

-- name: add_norms(id, organisation_id, content_hash, perspective, version, norms, now, person_id)!
INSERT INTO norms (id, organisation_id, content_hash, perspective, version, norms, built_at, built_by)
VALUES (:id, :organisation_id, :content_hash, :perspective, :version, :norms, :now, :person_id);

-- name: add_questionnaire_version(content_hash, questionnaire_id, version, definition, added_at)!
INSERT INTO questionnaire_versions (content_hash, questionnaire_id, version, definition, added_at)
VALUES (:content_hash, :questionnaire_id, :version, :definition, :added_at)
ON CONFLICT (content_hash) DO NOTHING;

-- name: definition(content_hash)$
SELECT definition FROM questionnaire_versions WHERE content_hash = :content_hash;

-- name: add_wave(id, organisation_id, name, state, opens_at, closes_at, job_areas, max_job_areas)!
INSERT INTO waves (id, organisation_id, name, state, opens_at, closes_at, job_areas, max_job_areas)
VALUES (:id, :organisation_id, :name, :state, :opens_at, :closes_at, :job_areas, :max_job_areas);

-- name: wave(id)^
SELECT id, organisation_id, name, state, opens_at, closes_at, job_areas, max_job_areas
FROM waves WHERE id = :id;

-- name: end_wave(id)!
-- For a wave without a plan; those of campaigns are closed by close_planned_wave. Nothing opens one again.
UPDATE waves SET state = 'closed' WHERE id = :id;

-- name: home_unit(person_id, at)$
SELECT unit_id FROM memberships
WHERE person_id = :person_id AND starts_at <= :at AND (ends_at IS NULL OR ends_at > :at)
ORDER BY CASE role WHEN 'member' THEN 0 ELSE 1 END, starts_at, id LIMIT 1;

-- name: later_waves(campaign_id, number)
SELECT id FROM waves WHERE campaign_id = :campaign_id AND number > :number ORDER BY number;

-- name: add_wave_questionnaire(wave_id, content_hash)!
INSERT INTO wave_questionnaires (wave_id, content_hash) VALUES (:wave_id, :content_hash);

-- name: questionnaires_of_wave(wave_id)
SELECT content_hash FROM wave_questionnaires WHERE wave_id = :wave_id ORDER BY content_hash;

-- How many have a talk and live agreements: for bands of groups, never who.

-- name: talk_overview(organisation_id)^
SELECT content, base, made_at FROM talk_overviews WHERE organisation_id = :organisation_id;

-- name: keep_talk_overview(organisation_id, content, base, now)!
INSERT INTO talk_overviews (organisation_id, content, base, made_at)
VALUES (:organisation_id, :content, :base, :now)
ON CONFLICT (organisation_id) DO UPDATE
SET content = excluded.content, base = excluded.base, made_at = excluded.made_at;

-- name: people_with_current_talk(organisation_id, since)
SELECT DISTINCT person_id FROM talks
WHERE organisation_id = :organisation_id AND state IN ('planned', 'held') AND starts_at > :since;

-- name: people_with_live_agreements(organisation_id)
SELECT DISTINCT t.person_id FROM agreements a JOIN talks t ON t.id = a.talk_id
WHERE t.organisation_id = :organisation_id AND t.state <> 'cancelled'
    AND a.status IN ('open', 'under-way') AND a.removed_at IS NULL;

-- name: plans_of_organisation(organisation_id)
SELECT plan FROM waves WHERE organisation_id = :organisation_id AND plan IS NOT NULL;

-- name: replace_in_talk_overview(organisation_id, person_id, nobody)!
UPDATE talk_overviews SET base = REPLACE(base, :person_id, :nobody) WHERE organisation_id = :organisation_id;

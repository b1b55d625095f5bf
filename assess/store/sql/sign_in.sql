-- name: lock_person(id)!
-- Changes nothing: on PostgreSQL it makes other writers about this person wait until we are done.
UPDATE people SET id = id WHERE id = :id;

-- name: people_with_email(organisation_id, email)
SELECT id, organisation_id, first_name, name, email, language FROM people
WHERE organisation_id = :organisation_id AND LOWER(email) = :email
ORDER BY id;

-- name: grant_administrator(id, organisation_id, person_id, now)!
INSERT INTO administrators (id, organisation_id, person_id, granted_at)
VALUES (:id, :organisation_id, :person_id, :now)
ON CONFLICT DO NOTHING;

-- name: end_administrator(organisation_id, person_id, now)!
UPDATE administrators SET ended_at = :now
WHERE organisation_id = :organisation_id AND person_id = :person_id AND ended_at IS NULL;

-- name: administered_by(person_id)
SELECT organisation_id FROM administrators WHERE person_id = :person_id AND ended_at IS NULL;

-- name: administrators()
SELECT a.granted_at, a.organisation_id, o.name AS organisation, p.id AS person_id, p.name, p.email
FROM administrators a
JOIN people p ON p.id = a.person_id
JOIN organisations o ON o.id = a.organisation_id
WHERE a.ended_at IS NULL
ORDER BY o.name, p.name, p.id;

-- name: add_sign_in_link(token_hash, person_id, created_at, expires_at)!
INSERT INTO sign_in_links (token_hash, person_id, created_at, expires_at)
VALUES (:token_hash, :person_id, :created_at, :expires_at);

-- name: person_of_sign_in_link(token_hash, now)$
SELECT person_id FROM sign_in_links
WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now;

-- name: use_sign_in_link(token_hash, now)$
-- One statement decides: of two at the same moment one gets the person, the other nothing.
UPDATE sign_in_links SET used_at = :now
WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
RETURNING person_id;

-- name: end_sign_in_links(person_id, now)!
UPDATE sign_in_links SET expires_at = :now WHERE person_id = :person_id AND used_at IS NULL AND expires_at > :now;

-- name: delete_expired_sign_in_links(before)!
DELETE FROM sign_in_links WHERE expires_at < :before;

-- name: add_person_session(id, person_id, language, now)!
INSERT INTO person_sessions (id, person_id, language, created_at, seen_at)
VALUES (:id, :person_id, :language, :now, :now);

-- name: person_session(id, seen_after, created_after)^
-- The session of whoever has left or was erased is none; nor is one limited to a talk that is over.
SELECT s.id, s.person_id, s.language, s.created_at, s.seen_at, s.confirmed_at, s.talk_id,
    (SELECT COUNT(*) FROM passkeys k WHERE k.person_id = p.id AND k.ended_at IS NULL) AS passkeys,
    p.organisation_id, p.first_name, p.name, o.name AS organisation_name
FROM person_sessions s
JOIN people p ON p.id = s.person_id
JOIN organisations o ON o.id = p.organisation_id
WHERE s.id = :id AND s.ended_at IS NULL AND s.seen_at > :seen_after AND s.created_at > :created_after
    AND p.left_at IS NULL AND p.erased_at IS NULL
    AND (s.talk_id IS NULL OR EXISTS (SELECT 1 FROM talks t WHERE t.id = s.talk_id AND t.state = 'planned'));

-- name: live_person_sessions(person_id, seen_after, created_after)
SELECT id, created_at, seen_at, talk_id FROM person_sessions
WHERE person_id = :person_id AND ended_at IS NULL AND seen_at > :seen_after AND created_at > :created_after
ORDER BY created_at, id;

-- name: person_session_seen(id, now)!
UPDATE person_sessions SET seen_at = :now WHERE id = :id AND ended_at IS NULL AND seen_at < :now;

-- name: person_session_language(id, language)!
UPDATE person_sessions SET language = :language WHERE id = :id;

-- name: end_person_session(id, person_id, now)!
UPDATE person_sessions SET ended_at = :now WHERE id = :id AND person_id = :person_id AND ended_at IS NULL;

-- name: end_person_session_of_secret(id, now)!
UPDATE person_sessions SET ended_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: end_person_sessions(person_id, now)!
UPDATE person_sessions SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL;

-- name: delete_dead_person_sessions(seen_before, created_before)!
DELETE FROM person_sessions
WHERE ended_at IS NOT NULL OR seen_at < :seen_before OR created_at < :created_before;

-- name: end_other_person_sessions(id, person_id, now)!
UPDATE person_sessions SET ended_at = :now WHERE person_id = :person_id AND id <> :id AND ended_at IS NULL;

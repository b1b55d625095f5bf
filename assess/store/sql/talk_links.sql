-- Letters about talks, the links in them, and the sessions that these open.

-- name: talk_of_letter(id)^
SELECT id, organisation_id, person_id, holder_id, holder_role, state, starts_at, minutes, place, sequence
FROM talks WHERE id = :id;

-- name: waiting_letter(key)$
SELECT id FROM outbox WHERE key = :key AND state = 'waiting' AND attempts = 0;

-- name: cancel_waiting_letter(key, now)!
UPDATE outbox SET state = 'cancelled', error = 'over', finished_at = :now
WHERE key = :key AND state = 'waiting' AND attempts = 0;

-- name: add_talk_link(token_hash, talk_id, person_id, created_at, expires_at)!
INSERT INTO talk_links (token_hash, talk_id, person_id, created_at, expires_at)
VALUES (:token_hash, :talk_id, :person_id, :created_at, :expires_at);

-- name: talk_link(token_hash, now)^
-- Whoever has left, or has no part in the talk any more, opens nothing; nor does anybody a talk that is over.
SELECT l.talk_id, l.person_id, p.language FROM talk_links l
JOIN talks t ON t.id = l.talk_id
JOIN people p ON p.id = l.person_id
WHERE l.token_hash = :token_hash AND l.withdrawn_at IS NULL AND l.expires_at > :now
    AND t.state = 'planned' AND p.id IN (t.person_id, t.holder_id)
    AND p.left_at IS NULL AND p.erased_at IS NULL;

-- name: withdraw_talk_links(talk_id, now)!
UPDATE talk_links SET withdrawn_at = :now
WHERE talk_id = :talk_id AND withdrawn_at IS NULL AND expires_at > :now;

-- name: withdraw_talk_links_of_person(person_id, now)!
UPDATE talk_links SET withdrawn_at = :now
WHERE person_id = :person_id AND withdrawn_at IS NULL AND expires_at > :now;

-- name: delete_expired_talk_links(before)!
DELETE FROM talk_links WHERE expires_at < :before;

-- name: add_talk_session(id, person_id, language, talk_id, now)!
INSERT INTO person_sessions (id, person_id, language, created_at, seen_at, talk_id)
VALUES (:id, :person_id, :language, :now, :now, :talk_id);

-- name: end_sessions_of_talk(talk_id, now)!
UPDATE person_sessions SET ended_at = :now WHERE talk_id = :talk_id AND ended_at IS NULL;

-- Letters about talks, the links in them, and the sessions that these open.

-- name: talk_of_letter(id)^
SELECT id, organisation_id, person_id, holder_id, holder_role, state, starts_at, minutes, place, sequence
FROM talks WHERE id = :id;

-- name: waiting_letter(key)$
SELECT id FROM outbox WHERE key = :key AND state = 'waiting' AND attempts = 0;

-- name: cancel_waiting_letter(key, now)!
UPDATE outbox SET state = 'cancelled', error = 'over', finished_at = :now
WHERE key = :key AND state = 'waiting' AND attempts = 0;

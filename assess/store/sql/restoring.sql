-- name: end_all_sessions(now)!
UPDATE sessions SET ended_at = :now WHERE ended_at IS NULL;

-- name: end_all_person_sessions(now)!
UPDATE person_sessions SET ended_at = :now WHERE ended_at IS NULL;

-- name: end_all_sign_in_links(now)!
UPDATE sign_in_links SET expires_at = :now WHERE used_at IS NULL AND expires_at > :now;

-- name: hold_letters(error, now)!
-- Nobody knows which of them went out after the back-up was made.
UPDATE outbox
SET state = 'failed', error = :error, finished_at = :now, lease_id = NULL, lease_until = NULL
WHERE state IN ('waiting', 'sending');

-- name: end_all_sessions(now)!
UPDATE sessions SET ended_at = :now WHERE ended_at IS NULL;

-- name: end_all_person_sessions(now)!
UPDATE person_sessions SET ended_at = :now WHERE ended_at IS NULL;

-- name: end_all_sign_in_links(now)!
UPDATE sign_in_links SET expires_at = :now WHERE used_at IS NULL AND expires_at > :now;

-- name: hold_letters(error, now, with_address, forgotten)!
-- Nobody knows which of them went out after the back-up was made. An address that nobody has any more is
-- forgotten with its letter, as when it was sent.
UPDATE outbox
SET state = 'failed', error = :error, finished_at = :now, lease_id = NULL, lease_until = NULL,
    parameters = CASE WHEN parameters LIKE :with_address THEN :forgotten ELSE parameters END
WHERE state IN ('waiting', 'sending');

-- name: offices_in_force()^
-- How many there are: a back-up may bring back some that were ended after it was made.
SELECT
    (SELECT COUNT(*) FROM administrators WHERE ended_at IS NULL) AS administrators,
    (SELECT COUNT(*) FROM appointments WHERE ended_at IS NULL AND role = 'coach') AS coaches,
    (SELECT COUNT(*) FROM appointments WHERE ended_at IS NULL AND role = 'representative') AS representatives,
    (SELECT COUNT(*) FROM passkeys WHERE ended_at IS NULL) AS passkeys;

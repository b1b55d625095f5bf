-- Tries, requests for sign-in links, passkeys, links that are taken back.

-- name: tries_of(key, since)
SELECT id, at FROM tries WHERE key = :key AND at > :since ORDER BY at, id;

-- name: take_try(id, key, now, since)!
-- A place among the tries of a key: free, or not used since. Of two who reach for it one gets it.
INSERT INTO tries (id, key, at) VALUES (:id, :key, :now)
ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE tries.at <= :since;

-- name: delete_old_tries(before)!
DELETE FROM tries WHERE at < :before;

-- name: add_sign_in_request(id, address, language, now)!
INSERT INTO sign_in_requests (id, address, language, asked_at) VALUES (:id, :address, :language, :now);

-- name: sign_in_request(id)^
SELECT id, address, language, asked_at FROM sign_in_requests WHERE id = :id;

-- name: delete_sign_in_request(id)!
DELETE FROM sign_in_requests WHERE id = :id;

-- name: delete_old_sign_in_requests(before)!
DELETE FROM sign_in_requests WHERE asked_at < :before;

-- name: people_who_may_sign_in(email)
-- Whoever left, was erased or only tries a wave signs in no more.
SELECT id, organisation_id, language FROM people
WHERE LOWER(email) = :email AND left_at IS NULL AND erased_at IS NULL AND tests_wave_id IS NULL
ORDER BY organisation_id, id;

-- name: person_who_may_sign_in(id)^
SELECT id, organisation_id, language FROM people
WHERE id = :id AND left_at IS NULL AND erased_at IS NULL AND tests_wave_id IS NULL;

-- name: add_passkey(id, person_id, credential_id, public_key, sign_count, name, now)!
INSERT INTO passkeys (id, person_id, credential_id, public_key, sign_count, name, created_at, last_used_at)
VALUES (:id, :person_id, :credential_id, :public_key, :sign_count, :name, :now, :now)
ON CONFLICT DO NOTHING;

-- name: passkeys_of(person_id)
SELECT id, credential_id, public_key, sign_count, name, created_at, last_used_at
FROM passkeys WHERE person_id = :person_id AND ended_at IS NULL ORDER BY created_at, id;

-- name: passkey_used(id, sign_count, before, now)!
-- Only from the count that was read: of two at once with the same signature one is heard.
UPDATE passkeys SET sign_count = :sign_count, last_used_at = :now
WHERE id = :id AND sign_count = :before AND ended_at IS NULL;

-- name: end_passkey(id, person_id, now)!
UPDATE passkeys SET ended_at = :now WHERE id = :id AND person_id = :person_id AND ended_at IS NULL;

-- name: end_passkeys(person_id, now)!
UPDATE passkeys SET ended_at = :now WHERE person_id = :person_id AND ended_at IS NULL;

-- name: set_challenge(id, challenge, now)!
UPDATE person_sessions SET challenge = :challenge, challenged_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: challenge_of(id, since)$
SELECT challenge FROM person_sessions
WHERE id = :id AND ended_at IS NULL AND challenge IS NOT NULL AND challenged_at > :since;

-- name: use_challenge(id, challenge)!
UPDATE person_sessions SET challenge = NULL, challenged_at = NULL WHERE id = :id AND challenge = :challenge;

-- name: confirm_person_session(id, now)!
UPDATE person_sessions SET confirmed_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: withdraw_links(task_id, now)!
UPDATE link_tokens SET withdrawn_at = :now
WHERE task_id = :task_id AND withdrawn_at IS NULL AND expires_at > :now;

-- name: end_sessions_of_task(task_id, now)!
UPDATE sessions SET ended_at = :now WHERE task_id = :task_id AND ended_at IS NULL;

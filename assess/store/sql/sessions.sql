-- name: add_token(token_hash, task_id, created_at, expires_at)!
INSERT INTO link_tokens (token_hash, task_id, created_at, expires_at)
VALUES (:token_hash, :task_id, :created_at, :expires_at);

-- name: task_of_token(token_hash, now)$
-- Links of a task that was taken back do nothing as long as it is. Cards are another matter: card_of_token.
SELECT l.task_id FROM link_tokens l JOIN tasks t ON t.id = l.task_id
WHERE l.token_hash = :token_hash AND l.expires_at > :now AND l.withdrawn_at IS NULL AND t.withdrawn_at IS NULL
    AND l.printed_by IS NULL;

-- name: token_used(token_hash, now)!
UPDATE link_tokens SET first_used_at = COALESCE(first_used_at, :now) WHERE token_hash = :token_hash;

-- name: delete_expired_tokens(before)!
DELETE FROM link_tokens WHERE expires_at < :before;

-- name: add_session(id, task_id, language, now)!
INSERT INTO sessions (id, task_id, language, created_at, seen_at)
VALUES (:id, :task_id, :language, :now, :now);

-- name: session(id, seen_after, created_after)^
SELECT s.id, s.task_id, s.language, s.created_at, s.seen_at,
    t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id
FROM sessions s JOIN tasks t ON t.id = s.task_id
WHERE s.id = :id AND s.ended_at IS NULL AND s.seen_at > :seen_after AND s.created_at > :created_after
    AND t.withdrawn_at IS NULL;

-- name: session_seen(id, now)!
UPDATE sessions SET seen_at = :now WHERE id = :id AND ended_at IS NULL AND seen_at < :now;

-- name: session_language(id, language)!
UPDATE sessions SET language = :language WHERE id = :id;

-- name: end_session(id, now)!
UPDATE sessions SET ended_at = :now WHERE id = :id AND ended_at IS NULL;

-- name: last_language(task_id)$
SELECT language FROM sessions WHERE task_id = :task_id ORDER BY created_at DESC, id LIMIT 1;

-- name: delete_dead_sessions(seen_before, created_before)!
DELETE FROM sessions
WHERE ended_at IS NOT NULL OR seen_at < :seen_before OR created_at < :created_before;

-- name: open_sheets_language(task_id, language)!
UPDATE sheets SET language = :language
WHERE submitted_at IS NULL AND assignment_id IN (SELECT id FROM assignments WHERE task_id = :task_id);

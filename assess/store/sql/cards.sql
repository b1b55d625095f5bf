-- name: add_card(token_hash, task_id, printed_by, created_at, expires_at)!
INSERT INTO link_tokens (token_hash, task_id, printed_by, created_at, expires_at)
VALUES (:token_hash, :task_id, :printed_by, :created_at, :expires_at);

-- name: card_of_token(token_hash, now)^
-- Cards of a task that was taken back do nothing as long as it is; those that ended are told apart.
SELECT l.task_id, l.code_hash, l.wrong_codes, l.withdrawn_at
FROM link_tokens l JOIN tasks t ON t.id = l.task_id
WHERE l.token_hash = :token_hash AND l.expires_at > :now AND l.printed_by IS NOT NULL
    AND t.withdrawn_at IS NULL;

-- name: choose_code(token_hash, code_hash)!
UPDATE link_tokens SET code_hash = :code_hash WHERE token_hash = :token_hash AND code_hash IS NULL;

-- name: count_code(token_hash, most)!
UPDATE link_tokens SET wrong_codes = wrong_codes + 1 WHERE token_hash = :token_hash AND wrong_codes < :most;

-- name: uncount_code(token_hash)!
UPDATE link_tokens SET wrong_codes = wrong_codes - 1 WHERE token_hash = :token_hash AND wrong_codes > 0;

-- name: end_unopened_cards(task_id, now)!
UPDATE link_tokens SET withdrawn_at = :now
WHERE task_id = :task_id AND printed_by IS NOT NULL AND code_hash IS NULL AND withdrawn_at IS NULL;

-- name: end_opened_cards(task_id, now)!
UPDATE link_tokens SET withdrawn_at = :now
WHERE task_id = :task_id AND printed_by IS NOT NULL AND code_hash IS NOT NULL AND withdrawn_at IS NULL;

-- name: end_other_cards(task_id, token_hash, now)!
UPDATE link_tokens SET withdrawn_at = :now
WHERE task_id = :task_id AND printed_by IS NOT NULL AND token_hash <> :token_hash AND withdrawn_at IS NULL;

-- name: is_begun(task_id)$
-- Sheets of a task with anything on them: answers, a submission, or the mark of a paper.
SELECT COUNT(*) FROM sheets s
JOIN assignments a ON a.id = s.assignment_id
WHERE a.task_id = :task_id AND (
    s.submitted_at IS NOT NULL OR s.entered_by IS NOT NULL
    OR EXISTS (SELECT 1 FROM answers n WHERE n.sheet_id = s.id)
);

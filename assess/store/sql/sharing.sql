-- name: add_share(id, task_id, with_id, shared, decided_at)!
INSERT INTO shares (id, task_id, with_id, shared, decided_at)
VALUES (:id, :task_id, :with_id, :shared, :decided_at);

-- name: share_in_force(task_id, with_id)^
SELECT shared, decided_at FROM shares
WHERE task_id = :task_id AND with_id = :with_id
ORDER BY decided_at DESC, id DESC LIMIT 1;

-- name: shares_of_task(task_id)
SELECT s.shared, s.decided_at, s.with_id, p.name AS with_name
FROM shares s JOIN people p ON p.id = s.with_id
WHERE s.task_id = :task_id ORDER BY s.decided_at, s.id;

-- name: add_share(task_id, with_id, shared, decided_at)!
-- Within lock_task, so that no two decisions get the same revision.
INSERT INTO shares (task_id, with_id, revision, shared, decided_at)
SELECT CAST(:task_id AS TEXT), CAST(:with_id AS TEXT), COALESCE(MAX(revision), 0) + 1,
    CAST(:shared AS INTEGER), CAST(:decided_at AS TEXT)
FROM shares WHERE task_id = :task_id AND with_id = :with_id;

-- name: share_in_force(task_id, with_id)^
SELECT shared, decided_at FROM shares
WHERE task_id = :task_id AND with_id = :with_id
ORDER BY revision DESC LIMIT 1;

-- name: shares_of_task(task_id)
SELECT s.shared, s.decided_at, s.with_id, p.name AS with_name
FROM shares s JOIN people p ON p.id = s.with_id
WHERE s.task_id = :task_id ORDER BY s.decided_at, s.with_id, s.revision;

-- name: add_sheet(id, assignment_id, order_seed)!
INSERT INTO sheets (id, assignment_id, revision, order_seed) VALUES (:id, :assignment_id, 0, :order_seed);

-- name: delete_sheet(id)!
DELETE FROM sheets WHERE id = :id;

-- name: delete_answers(sheet_id)!
DELETE FROM answers WHERE sheet_id = :sheet_id;

-- name: lock_sheet(id)!
-- Changes nothing: on PostgreSQL it makes other writers of this sheet wait until we are done.
UPDATE sheets SET id = id WHERE id = :id;

-- name: lock_sheets(task_id)!
-- As lock_sheet, for all sheets of a task.
UPDATE sheets SET id = id WHERE assignment_id IN (SELECT id FROM assignments WHERE task_id = :task_id);

-- name: sheet(id, task_id)^
SELECT s.id, s.language, s.started_at, s.submitted_at, s.revision, s.order_seed, a.job_area_id, a.short_form
FROM sheets s JOIN assignments a ON a.id = s.assignment_id
WHERE s.id = :id AND a.task_id = :task_id;

-- name: answers(sheet_id)
SELECT item_id, position, text, revision, saved_at FROM answers WHERE sheet_id = :sheet_id ORDER BY item_id;

-- name: save_answers(sheet_id, item_id, position, text, revision, saved_at)*!
INSERT INTO answers (sheet_id, item_id, position, text, revision, saved_at)
VALUES (:sheet_id, :item_id, :position, :text, :revision, :saved_at)
ON CONFLICT (sheet_id, item_id) DO UPDATE
SET position = excluded.position, text = excluded.text,
    revision = excluded.revision, saved_at = excluded.saved_at;

-- name: sheet_changed(id, language, at)!
UPDATE sheets
SET revision = revision + 1, language = :language, started_at = COALESCE(started_at, :at)
WHERE id = :id;

-- name: sheet_submitted(id, language, at)!
UPDATE sheets
SET revision = revision + 1, language = :language, submitted_at = :at, started_at = COALESCE(started_at, :at)
WHERE id = :id AND submitted_at IS NULL;

-- name: put_document(task_id, kind, language, made_of, content, sha256, made_at)!
INSERT INTO documents (task_id, kind, language, made_of, content, sha256, made_at)
VALUES (:task_id, :kind, :language, :made_of, :content, :sha256, :made_at)
ON CONFLICT (task_id, kind, language) DO UPDATE
SET made_of = excluded.made_of, content = excluded.content, sha256 = excluded.sha256, made_at = excluded.made_at;

-- name: document(task_id, kind, language, made_of)^
SELECT kind, language, content, sha256, made_at FROM documents
WHERE task_id = :task_id AND kind = :kind AND language = :language AND made_of = :made_of;

-- name: delete_documents(task_id)!
DELETE FROM documents WHERE task_id = :task_id;

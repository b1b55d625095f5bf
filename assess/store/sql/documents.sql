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

-- name: leaders_with_documents()
-- Whoever has kept documents, and with whom something was ever shared.
SELECT DISTINCT t.respondent_id FROM documents d JOIN tasks t ON t.id = d.task_id
WHERE EXISTS (SELECT 1 FROM shares s WHERE s.with_id = t.respondent_id)
ORDER BY t.respondent_id;

-- name: documents_of_leader(respondent_id)
-- Without their contents.
SELECT d.task_id, d.language, d.made_of, t.perspective, t.subject_id
FROM documents d JOIN tasks t ON t.id = d.task_id
WHERE t.respondent_id = :respondent_id AND t.perspective IN ('self', 'manager')
ORDER BY d.task_id, d.language;

-- name: delete_document_made_of(task_id, language, made_of)!
DELETE FROM documents WHERE task_id = :task_id AND language = :language AND made_of = :made_of;

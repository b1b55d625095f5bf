-- name: add_precision_record(content_hash, perspective, id, source, figures, made_at)!
INSERT INTO precision_records (content_hash, perspective, id, source, figures, made_at)
VALUES (:content_hash, :perspective, :id, :source, :figures, :made_at)
ON CONFLICT (content_hash, perspective, id) DO NOTHING;

-- name: add_profile(id, sheet_id, content_hash, engine_version, perspective, record_id, profile, made_at)!
INSERT INTO profiles (id, sheet_id, content_hash, engine_version, perspective, record_id, profile, made_at)
VALUES (:id, :sheet_id, :content_hash, :engine_version, :perspective, :record_id, :profile, :made_at);

-- name: profiles_of_task(task_id)
-- Of a sheet that was scored more than once the last row is the latest.
SELECT p.id, p.sheet_id, p.profile, p.made_at, a.job_area_id, a.position, j.names AS job_area_names
FROM profiles p
JOIN sheets s ON s.id = p.sheet_id
JOIN assignments a ON a.id = s.assignment_id
LEFT JOIN job_areas j ON j.id = a.job_area_id
WHERE a.task_id = :task_id
ORDER BY a.position, p.made_at, p.id;

-- name: log_access(id, at, actor_id, action, object_id, about_id)!
INSERT INTO access_log (id, at, actor_id, action, object_id, about_id)
VALUES (:id, :at, :actor_id, :action, :object_id, :about_id);

-- name: logged_since(actor_id, action, object_id, since)$
SELECT COUNT(*) FROM access_log
WHERE actor_id = :actor_id AND action = :action AND object_id = :object_id AND at > :since;

-- name: access_about(about_id)
SELECT l.at, l.actor_id, l.action, l.object_id, p.name AS actor_name
FROM access_log l LEFT JOIN people p ON p.id = l.actor_id
WHERE l.about_id = :about_id ORDER BY l.at, l.id;

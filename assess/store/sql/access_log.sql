-- name: take_log_number()^
-- The next number, and the hash that the next line carries on. Whoever writes waits here until the one before
-- has committed, so that there is one chain whatever the number of processes and machines.
UPDATE access_log_head SET number = number + 1 WHERE id = 1 RETURNING number, hash;

-- name: log_access(id, at, actor_id, action, object_id, about_id, number, hash)!
INSERT INTO access_log (id, at, actor_id, action, object_id, about_id, number, hash)
VALUES (:id, :at, :actor_id, :action, :object_id, :about_id, :number, :hash);

-- name: take_log_numbers(count)^
-- So many numbers at once: the last of them.
UPDATE access_log_head SET number = number + :count WHERE id = 1 RETURNING number, hash;

-- name: log_accesses(id, at, actor_id, action, object_id, about_id, number, hash)*!
INSERT INTO access_log (id, at, actor_id, action, object_id, about_id, number, hash)
VALUES (:id, :at, :actor_id, :action, :object_id, :about_id, :number, :hash);

-- name: move_log_head(hash)!
UPDATE access_log_head SET hash = :hash WHERE id = 1;

-- name: log_head()^
SELECT number, hash FROM access_log_head WHERE id = 1;

-- name: log_lines_after(number, most)
SELECT number, id, at, actor_id, action, object_id, about_id, hash FROM access_log
WHERE number > :number ORDER BY number LIMIT :most;

-- name: log_lines_before_the_chain(id, most)
SELECT id, at, actor_id, action, object_id, about_id FROM access_log
WHERE number IS NULL AND id > :id ORDER BY id LIMIT :most;

-- name: logged_since(actor_id, action, object_id, since)$
SELECT COUNT(*) FROM access_log
WHERE actor_id = :actor_id AND action = :action AND object_id = :object_id AND at > :since;

-- name: objects_logged_since(actor_id, action, since)
SELECT DISTINCT object_id FROM access_log WHERE actor_id = :actor_id AND action = :action AND at > :since;

-- name: access_about(about_id)
SELECT l.at, l.actor_id, l.action, l.object_id, p.name AS actor_name
FROM access_log l LEFT JOIN people p ON p.id = l.actor_id
WHERE l.about_id = :about_id ORDER BY l.at, l.id;

-- name: log_of_organisation(organisation_id, actions, before, most)
-- What was done for an organisation, newest first. `actions`: ids with a comma before and after each. Of
-- sign-ins only those of its administrators: when somebody else comes in is the person's own business.
SELECT l.id, l.at, l.actor_id, l.action, l.object_id, a.name AS actor_name, o.name AS person_name, w.name AS wave_name
FROM access_log l
LEFT JOIN people a ON a.id = l.actor_id
LEFT JOIN people o ON o.id = l.object_id AND o.organisation_id = :organisation_id
LEFT JOIN waves w ON w.id = l.object_id AND w.organisation_id = :organisation_id
WHERE l.id < :before
AND :actions LIKE '%%,' || l.action || ',%%'
AND (l.about_id = :organisation_id
    OR l.about_id IN (SELECT id FROM people WHERE organisation_id = :organisation_id))
AND (l.action <> 'sign-in' OR EXISTS (
    SELECT 1 FROM administrators g WHERE g.person_id = l.actor_id AND g.organisation_id = :organisation_id))
ORDER BY l.id DESC LIMIT :most;

-- name: open_batch_of(person_id, kind, subject, language)^
-- The same that was ordered before and is not done yet.
SELECT id FROM batches
WHERE person_id = :person_id AND kind = :kind AND subject = :subject AND language = :language
    AND state IN ('waiting', 'running', 'paused')
ORDER BY id LIMIT 1;

-- name: count_open_batches(person_id)$
SELECT COUNT(*) FROM batches WHERE person_id = :person_id AND state IN ('waiting', 'running', 'paused');

-- name: add_batch(id, organisation_id, person_id, kind, subject, language, now, expires_at)!
INSERT INTO batches (id, organisation_id, person_id, kind, subject, language, state, created_at, expires_at)
VALUES (:id, :organisation_id, :person_id, :kind, :subject, :language, 'waiting', :now, :expires_at);

-- name: add_batch_items(id, batch_id, position, subject, file_name)*!
INSERT INTO batch_items (id, batch_id, position, subject, state, attempts, file_name)
VALUES (:id, :batch_id, :position, :subject, 'waiting', 0, :file_name);

-- name: lock_batch(id)!
-- Changes nothing: on PostgreSQL it makes other writers of this batch wait until we are done.
UPDATE batches SET id = id WHERE id = :id;

-- name: batch_row(id)^
SELECT id, organisation_id, person_id, kind, subject, language, state, reason, created_at, started_at, finished_at,
    expires_at
FROM batches WHERE id = :id;

-- name: batches_of_person(person_id, most)
SELECT id, organisation_id, person_id, kind, subject, language, state, reason, created_at, started_at, finished_at,
    expires_at
FROM batches WHERE person_id = :person_id ORDER BY created_at DESC, id DESC LIMIT :most;

-- name: batch_counts(batch_id)
SELECT state, COUNT(*) AS items FROM batch_items WHERE batch_id = :batch_id GROUP BY state;

-- name: batch_items_that_are_not_there(batch_id)
SELECT id, subject, state, error, file_name FROM batch_items
WHERE batch_id = :batch_id AND state IN ('failed', 'left-out') ORDER BY position;

-- name: batch_items_to_hand_out(batch_id)
-- Without their contents: those are read one by one.
SELECT id, subject, state, file_name, made_of FROM batch_items WHERE batch_id = :batch_id ORDER BY position;

-- name: batch_content(id, made_of)^
SELECT content, sha256 FROM batch_items WHERE id = :id AND state = 'done' AND made_of = :made_of;

-- name: newest_of_batch(batch_id, since, most)
-- When the latest documents were done, of those that were made since it was begun, or begun anew.
SELECT finished_at FROM batch_items
WHERE batch_id = :batch_id AND state IN ('done', 'left-out', 'failed') AND finished_at >= :since
ORDER BY finished_at DESC LIMIT :most;

-- name: batches_to_work_on(now)
-- Those that have something to take now. A waiting item with a time is tried again then, not before.
SELECT b.id, b.state FROM batches b
WHERE b.state IN ('waiting', 'running') AND EXISTS (
    SELECT 1 FROM batch_items i WHERE i.batch_id = b.id AND (
        (i.state = 'waiting' AND (i.lease_until IS NULL OR i.lease_until <= :now))
        OR (i.state = 'running' AND i.lease_until <= :now)
    )
)
ORDER BY b.id;

-- name: batches_at_their_end()
-- Nothing is left to do, and nobody has said so yet: a worker died in between.
SELECT b.id FROM batches b
WHERE b.state IN ('waiting', 'running') AND NOT EXISTS (
    SELECT 1 FROM batch_items i WHERE i.batch_id = b.id AND i.state IN ('waiting', 'running')
)
ORDER BY b.id;

-- name: paused_batches()
SELECT id FROM batches WHERE state = 'paused' ORDER BY id;

-- name: count_all_open_batches()$
-- Something will have to be done, now or later.
SELECT COUNT(*) FROM batches WHERE state IN ('waiting', 'running', 'paused');

-- name: take_batch_item(batch_id, lease_id, lease_until, now)^
-- The condition stands twice: on PostgreSQL a second worker checks it again after waiting for the row.
UPDATE batch_items
SET state = 'running', lease_id = :lease_id, lease_until = :lease_until, attempts = attempts + 1
WHERE id = (
    SELECT id FROM batch_items
    WHERE batch_id = :batch_id AND (
        (state = 'waiting' AND (lease_until IS NULL OR lease_until <= :now))
        OR (state = 'running' AND lease_until <= :now)
    )
    ORDER BY position LIMIT 1
)
AND ((state = 'waiting' AND (lease_until IS NULL OR lease_until <= :now)) OR (state = 'running' AND lease_until <= :now))
RETURNING id, batch_id, subject, attempts, lease_id;

-- name: batch_begun(id, now)!
UPDATE batches SET state = 'running', started_at = COALESCE(started_at, :now) WHERE id = :id AND state = 'waiting';

-- name: renew_batch_items(lease_id, lease_until)!
UPDATE batch_items SET lease_until = :lease_until WHERE lease_id = :lease_id AND state = 'running';

-- name: batch_items_held(lease_id)
-- What a lease still holds, of batches that go on.
SELECT i.id FROM batch_items i JOIN batches b ON b.id = i.batch_id
WHERE i.lease_id = :lease_id AND i.state = 'running' AND b.state IN ('waiting', 'running', 'paused');

-- name: batch_item_done(id, lease_id, made_of, content, sha256, now)!
UPDATE batch_items
SET state = 'done', made_of = :made_of, content = :content, sha256 = :sha256, finished_at = :now, error = NULL,
    lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id AND state = 'running';

-- name: batch_item_ended(id, lease_id, state, error, now)!
UPDATE batch_items
SET state = :state, error = :error, finished_at = :now, made_of = NULL, content = NULL, sha256 = NULL,
    lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id AND state = 'running';

-- name: batch_item_again(id, lease_id, attempts, not_before, error)!
UPDATE batch_items
SET state = 'waiting', attempts = :attempts, error = :error, lease_id = NULL, lease_until = :not_before
WHERE id = :id AND lease_id = :lease_id AND state = 'running';

-- name: batch_done(id, now, expires_at)!
UPDATE batches SET state = 'done', reason = NULL, finished_at = :now, expires_at = :expires_at
WHERE id = :id AND state IN ('waiting', 'running') AND NOT EXISTS (
    SELECT 1 FROM batch_items i WHERE i.batch_id = batches.id AND i.state IN ('waiting', 'running')
);

-- name: pause_batch(id, reason)!
UPDATE batches SET state = 'paused', reason = :reason WHERE id = :id AND state IN ('waiting', 'running');

-- name: resume_batches(reason)!
-- One that rested before its first document has not begun.
UPDATE batches SET state = CASE WHEN started_at IS NULL THEN 'waiting' ELSE 'running' END, reason = NULL
WHERE state = 'paused' AND reason = :reason;

-- name: cancel_batch(id, now)!
-- Stopped, or, where it was done, deleted.
UPDATE batches SET state = 'cancelled', reason = CASE WHEN state = 'done' THEN 'deleted' END,
    finished_at = :now, expires_at = :now
WHERE id = :id AND state IN ('waiting', 'running', 'paused', 'done');

-- name: replace_batches(id, person_id, kind, subject, language, now)!
-- Whoever ordered the same again wants it as it is now: what was made before goes, once there is something newer.
UPDATE batches SET state = 'cancelled', reason = 'replaced', expires_at = :now
WHERE person_id = :person_id AND kind = :kind AND subject = :subject AND language = :language AND state = 'done'
    AND id <> :id AND created_at <= (SELECT n.created_at FROM batches n WHERE n.id = :id) AND EXISTS (SELECT 1 FROM batch_items i WHERE i.batch_id = :id AND i.state = 'done');

-- name: try_batch_again(id, now)!
UPDATE batches SET state = 'running', started_at = :now, finished_at = NULL WHERE id = :id AND state = 'done';

-- name: try_batch_item_again(id)*!
-- What failed, or was left out: it may be there again, or differ only from what it was made of.
UPDATE batch_items
SET state = 'waiting', attempts = 0, error = NULL, finished_at = NULL, made_of = NULL, content = NULL, sha256 = NULL,
    lease_id = NULL, lease_until = NULL
WHERE id = :id AND state IN ('failed', 'left-out');

-- name: leave_batch_item_out(id, error)!
-- Of a batch that is done: what it was made of is not to be seen any more.
UPDATE batch_items SET state = 'left-out', error = :error, made_of = NULL, content = NULL, sha256 = NULL
WHERE id = :id AND state = 'done';

-- name: expire_batches(now)!
UPDATE batches SET state = 'expired', reason = NULL
WHERE expires_at <= :now AND state IN ('waiting', 'running', 'paused', 'done');

-- name: forget_batch_items(most)!
-- A few at a time: what is deleted is overwritten, and others wait meanwhile.
DELETE FROM batch_items WHERE id IN (
    SELECT i.id FROM batch_items i JOIN batches b ON b.id = i.batch_id
    WHERE b.state IN ('cancelled', 'expired') ORDER BY i.id LIMIT :most
);

-- name: delete_old_batches(before)!
DELETE FROM batches WHERE expires_at < :before AND state IN ('cancelled', 'expired') AND NOT EXISTS (
    SELECT 1 FROM batch_items i WHERE i.batch_id = batches.id
);

-- name: forget_batch_contents(subject, with_id)!
-- What was made for one person of a task that this person may not see any more as it was, and the briefs of that
-- person's talks with whom it is about. While the batch is being made it is made anew, of what may be seen now.
UPDATE batch_items
SET state = CASE WHEN batch_id IN (SELECT id FROM batches WHERE state IN ('waiting', 'running', 'paused'))
        THEN 'waiting' ELSE 'left-out' END,
    error = NULL, finished_at = NULL, made_of = NULL, content = NULL, sha256 = NULL
WHERE state = 'done' AND batch_id IN (SELECT id FROM batches WHERE person_id = :with_id)
    AND (subject = :subject OR subject IN (
        SELECT k.id FROM talks k JOIN tasks t ON t.subject_id = k.person_id
        WHERE t.id = :subject AND k.holder_id = :with_id
    ));

-- name: erase_batch_items(subject)!
-- Whoever it was made for, of a task or a talk of somebody who was erased, or of a wave that was.
DELETE FROM batch_items WHERE subject = :subject;

-- name: erase_batch_items_of_talks(person_id)!
DELETE FROM batch_items WHERE subject IN (
    SELECT id FROM talks WHERE person_id = :person_id OR holder_id = :person_id
);

-- name: erase_batch_items_of(person_id)!
DELETE FROM batch_items WHERE batch_id IN (SELECT id FROM batches WHERE person_id = :person_id);

-- name: erase_batches_of(person_id)!
DELETE FROM batches WHERE person_id = :person_id;

-- name: purge_batch_items(wave_id)!
DELETE FROM batch_items WHERE subject IN (SELECT id FROM tasks WHERE wave_id = :wave_id);

-- name: asker(id)^
SELECT id, organisation_id, left_at, erased_at FROM people WHERE id = :id;

-- name: rated_in_wave(respondent_id, wave_id)
-- Whom a person has rated as manager in a wave, something submitted; nobody who has left.
SELECT t.id, t.wave_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    w.organisation_id, w.name AS wave_name, w.state, w.opens_at, w.closes_at, s.name AS subject_name
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN people s ON s.id = t.subject_id
WHERE t.respondent_id = :respondent_id AND t.wave_id = :wave_id AND t.perspective = 'manager'
    AND t.withdrawn_at IS NULL AND s.left_at IS NULL AND s.erased_at IS NULL AND EXISTS (
        SELECT 1 FROM assignments a JOIN sheets h ON h.assignment_id = a.id
        WHERE a.task_id = t.id AND h.submitted_at IS NOT NULL AND h.erased_at IS NULL
    )
ORDER BY t.id;

-- name: waves_to_report(person_id, at)
-- Waves in which a person has rated somebody whom the person still leads, or which are open, the newest first.
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.person_id = :person_id AND m.role = 'leader'
        AND (p.left_at IS NULL OR p.left_at > :at)
        AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :at
)
SELECT DISTINCT w.id, w.name, w.opens_at
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN people s ON s.id = t.subject_id
WHERE t.respondent_id = :person_id AND t.perspective = 'manager' AND t.withdrawn_at IS NULL
    AND s.erased_at IS NULL AND (s.left_at IS NULL OR s.left_at > :at)
    AND EXISTS (
        SELECT 1 FROM assignments a JOIN sheets h ON h.assignment_id = a.id
        WHERE a.task_id = t.id AND h.submitted_at IS NOT NULL AND h.erased_at IS NULL
    )
    AND (
        (w.state = 'open' AND w.opens_at <= :at AND (w.closes_at IS NULL OR w.closes_at > :at))
        OR EXISTS (
            SELECT 1 FROM memberships m
            WHERE m.person_id = s.id AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
                AND m.unit_id IN (SELECT id FROM led)
        )
    )
ORDER BY w.opens_at DESC, w.id DESC;

-- name: waves_shared_with(with_id)
-- Waves of which something is shared with a person now, the newest first.
SELECT DISTINCT w.id, w.name, w.opens_at
FROM shares s
JOIN tasks t ON t.id = s.task_id
JOIN waves w ON w.id = t.wave_id
JOIN people p ON p.id = t.subject_id
WHERE s.with_id = :with_id AND s.shared = 1 AND t.withdrawn_at IS NULL AND t.perspective = 'self'
    AND p.left_at IS NULL AND p.erased_at IS NULL
    AND s.revision = (
        SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM tasks m
        WHERE m.wave_id = t.wave_id AND m.content_hash = t.content_hash AND m.subject_id = t.subject_id
            AND m.perspective = 'manager' AND m.respondent_id = s.with_id AND s.decided_at <= m.withdrawn_at
    )
    AND EXISTS (
        SELECT 1 FROM assignments a JOIN sheets h ON h.assignment_id = a.id
        WHERE a.task_id = t.id AND h.submitted_at IS NOT NULL AND h.erased_at IS NULL
    )
ORDER BY w.opens_at DESC, w.id DESC;

-- name: members_of_led_unit(unit_id, leader_id, at)
-- Who belongs to a unit or to one beneath it; nobody where the leader leads neither it nor one above it.
WITH RECURSIVE above (id) AS (
    SELECT CAST(:unit_id AS TEXT)
    UNION
    SELECT u.parent_id FROM units u JOIN above ON u.id = above.id WHERE u.parent_id IS NOT NULL
), beneath (id) AS (
    SELECT CAST(:unit_id AS TEXT)
    UNION
    SELECT u.id FROM units u JOIN beneath ON u.parent_id = beneath.id
    WHERE u.ended_at IS NULL OR u.ended_at > :at
)
SELECT DISTINCT m.person_id FROM memberships m
WHERE m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at) AND m.unit_id IN (SELECT id FROM beneath)
    AND EXISTS (
        SELECT 1 FROM memberships l
        WHERE l.person_id = :leader_id AND l.role = 'leader' AND l.unit_id IN (SELECT id FROM above)
            AND l.starts_at <= :at AND (l.ends_at IS NULL OR l.ends_at > :at)
    );

-- name: name_of_unit(id)^
SELECT name FROM units WHERE id = :id;

-- name: count_open_briefs(holder_id, at)$
-- Planned talks that a person holds and whose brief is open: both are ready, or it was to begin.
SELECT COUNT(*) FROM talks t JOIN people p ON p.id = t.person_id
WHERE t.holder_id = :holder_id AND t.state = 'planned' AND p.left_at IS NULL AND p.erased_at IS NULL
    AND (t.starts_at <= :at OR (
        SELECT COUNT(*) FROM talk_preparations r
        WHERE r.talk_id = t.id AND r.ready_at IS NOT NULL AND r.person_id IN (t.person_id, t.holder_id)
    ) = 2);

-- name: is_led_by(person_id, leader_id, at)$
-- Whether somebody belongs to a unit that the other leads, or to one beneath it.
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.person_id = :leader_id AND m.role = 'leader'
        AND (p.left_at IS NULL OR p.left_at > :at)
        AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :at
)
SELECT COUNT(*) FROM memberships m JOIN people p ON p.id = m.person_id
WHERE m.person_id = :person_id AND p.erased_at IS NULL AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    AND m.unit_id IN (SELECT id FROM led);

-- name: people_led_by(leader_id, at)
-- Everybody who belongs to a unit that somebody leads, or to one beneath it.
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people p ON p.id = m.person_id
    WHERE m.person_id = :leader_id AND m.role = 'leader'
        AND (p.left_at IS NULL OR p.left_at > :at)
        AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :at
)
SELECT DISTINCT m.person_id FROM memberships m JOIN people p ON p.id = m.person_id
WHERE p.erased_at IS NULL AND (p.left_at IS NULL OR p.left_at > :at)
    AND m.starts_at <= :at AND (m.ends_at IS NULL OR m.ends_at > :at)
    AND m.unit_id IN (SELECT id FROM led);

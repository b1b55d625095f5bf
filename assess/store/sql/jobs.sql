-- name: enqueue_job(id, kind, subject, now)!
-- One row for each kind and subject: asking again, even while it runs, makes it run once more.
INSERT INTO jobs (id, kind, subject, state, attempts, due_at, created_at)
VALUES (:id, :kind, :subject, 'waiting', 0, :now, :now)
ON CONFLICT (kind, subject) DO UPDATE
SET state = 'waiting', attempts = 0, due_at = excluded.due_at, error = NULL,
    lease_id = NULL, lease_until = NULL, finished_at = NULL;

-- name: enqueue_job_once(id, kind, subject, now)!
-- One row for each kind and subject, which runs once.
INSERT INTO jobs (id, kind, subject, state, attempts, due_at, created_at)
VALUES (:id, :kind, :subject, 'waiting', 0, :now, :now)
ON CONFLICT (kind, subject) DO NOTHING;

-- name: enqueue_job_for(id, kind, subject, due_at, now)!
-- One row for each kind and subject, which runs at a time to come. While it waits or runs, its time stays.
INSERT INTO jobs (id, kind, subject, state, attempts, due_at, created_at)
VALUES (:id, :kind, :subject, 'waiting', 0, :due_at, :now)
ON CONFLICT (kind, subject) DO UPDATE
SET state = 'waiting', attempts = 0, due_at = excluded.due_at, created_at = excluded.created_at, error = NULL,
    lease_id = NULL, lease_until = NULL, finished_at = NULL
WHERE jobs.state IN ('done', 'failed');

-- name: waiting_jobs(kind)
SELECT subject FROM jobs WHERE kind = :kind AND state = 'waiting' ORDER BY subject;

-- name: forget_waiting_job(kind, subject)!
DELETE FROM jobs WHERE kind = :kind AND subject = :subject AND state = 'waiting';

-- name: take_job(lease_id, lease_until, now, max_attempts, last)^
-- Jobs of the kind `last` when nothing else is due.
-- The condition stands twice: on PostgreSQL a second worker checks it again after waiting for the row.
UPDATE jobs
SET state = 'running', lease_id = :lease_id, lease_until = :lease_until, attempts = attempts + 1
WHERE id = (
    SELECT id FROM jobs
    WHERE attempts < :max_attempts
        AND ((state = 'waiting' AND due_at <= :now) OR (state = 'running' AND lease_until <= :now))
    ORDER BY CASE WHEN kind = :last THEN 1 ELSE 0 END, due_at, id LIMIT 1
)
AND ((state = 'waiting' AND due_at <= :now) OR (state = 'running' AND lease_until <= :now))
RETURNING id, kind, subject, attempts, lease_id;

-- name: count_due_jobs(now, max_attempts)$
SELECT COUNT(*) FROM jobs
WHERE attempts < :max_attempts
    AND ((state = 'waiting' AND due_at <= :now) OR (state = 'running' AND lease_until <= :now));

-- name: job_done(id, lease_id, now)!
UPDATE jobs SET state = 'done', finished_at = :now, lease_id = NULL, lease_until = NULL, error = NULL
WHERE id = :id AND lease_id = :lease_id;

-- name: job_again(id, lease_id, attempts, due_at, error)!
UPDATE jobs SET state = 'waiting', attempts = :attempts, due_at = :due_at, error = :error, lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id;

-- name: job_failed(id, lease_id, now, error)!
UPDATE jobs SET state = 'failed', finished_at = :now, error = :error, lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id;

-- name: fail_abandoned_jobs(now, max_attempts, error)!
-- A job whose workers died every time: there is nobody left to say so but the next one.
UPDATE jobs SET state = 'failed', finished_at = :now, error = :error, lease_id = NULL, lease_until = NULL
WHERE state = 'running' AND lease_until <= :now AND attempts >= :max_attempts;

-- name: failed_jobs()
SELECT id, kind, subject, attempts, error, finished_at FROM jobs WHERE state = 'failed' ORDER BY finished_at, id;

-- name: delete_finished_jobs(kind, before)!
DELETE FROM jobs WHERE kind = :kind AND state = 'done' AND finished_at < :before;

-- name: job_of(kind, subject)^
SELECT id, state, attempts, due_at, lease_until, error, created_at, finished_at
FROM jobs WHERE kind = :kind AND subject = :subject;

-- name: forget_waiting_jobs(kind)!
DELETE FROM jobs WHERE kind = :kind AND state = 'waiting';

-- name: note_look(id, kind, now)!
-- A row that is always done, for the time in it.
INSERT INTO jobs (id, kind, subject, state, attempts, due_at, created_at, finished_at)
VALUES (:id, :kind, '', 'done', 0, :now, :now, :now)
ON CONFLICT (kind, subject) DO UPDATE SET finished_at = excluded.finished_at;

-- name: count_running_jobs(now)$
SELECT COUNT(*) FROM jobs WHERE state = 'running' AND lease_until > :now;

-- name: failed_jobs_again(now)!
UPDATE jobs SET state = 'waiting', attempts = 0, due_at = :now, error = NULL, finished_at = NULL
WHERE state = 'failed';

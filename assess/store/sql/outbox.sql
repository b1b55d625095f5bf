-- name: put_letters(id, key, kind, organisation_id, person_id, wave_id, parameters, urgent, due_at, now)*!
-- A key is written once; only a letter that was cancelled before it went waits again.
INSERT INTO outbox (id, key, kind, organisation_id, person_id, wave_id, parameters, urgent, state, attempts,
    due_at, created_at)
VALUES (:id, :key, :kind, :organisation_id, :person_id, :wave_id, :parameters, :urgent, 'waiting', 0, :due_at, :now)
ON CONFLICT (key) DO UPDATE
SET state = 'waiting', attempts = 0, parameters = excluded.parameters, due_at = excluded.due_at,
    error = NULL, finished_at = NULL, created_at = excluded.created_at
WHERE outbox.state = 'cancelled';

-- name: take_letter(lease_id, lease_until, now)^
-- The condition stands twice: on PostgreSQL a second worker checks it again after waiting for the row.
UPDATE outbox
SET state = 'sending', lease_id = :lease_id, lease_until = :lease_until, attempts = attempts + 1
WHERE id = (
    SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= :now
    ORDER BY urgent DESC, due_at, id LIMIT 1
)
AND state = 'waiting' AND due_at <= :now
RETURNING id, key, kind, organisation_id, person_id, wave_id, parameters, attempts, lease_id, created_at;

-- name: is_letter_due(now)$
SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= :now LIMIT 1) AS due;

-- name: abandoned_letters(now)
SELECT id, attempts, parameters FROM outbox WHERE state = 'sending' AND lease_until <= :now ORDER BY id;

-- name: retake_letter(id, state, parameters, error, due_at, finished_at, now)!
-- From a sender that died: the lease is over.
UPDATE outbox
SET state = :state, parameters = :parameters, error = :error, due_at = :due_at, finished_at = :finished_at,
    lease_id = NULL, lease_until = NULL
WHERE id = :id AND state = 'sending' AND lease_until <= :now;

-- name: finish_letter(id, lease_id, state, parameters, error, now)!
UPDATE outbox
SET state = :state, parameters = :parameters, error = :error, finished_at = :now, lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id;

-- name: letter_again(id, lease_id, attempts, due_at, error)!
UPDATE outbox
SET state = 'waiting', attempts = :attempts, due_at = :due_at, error = :error, lease_id = NULL, lease_until = NULL
WHERE id = :id AND lease_id = :lease_id;

-- name: cancel_letters_of_wave(wave_id, now)!
UPDATE outbox SET state = 'cancelled', parameters = '{}', finished_at = :now
WHERE wave_id = :wave_id AND state = 'waiting';

-- name: cancel_letters_of_person(person_id, now)!
UPDATE outbox SET state = 'cancelled', parameters = '{}', finished_at = :now
WHERE person_id = :person_id AND state = 'waiting';

-- name: cancel_letters_of_person_in_wave(person_id, wave_id, now)!
UPDATE outbox SET state = 'cancelled', parameters = '{}', finished_at = :now
WHERE person_id = :person_id AND wave_id = :wave_id AND state = 'waiting';

-- name: delete_letters_of_person(person_id)!
DELETE FROM outbox WHERE person_id = :person_id;

-- name: delete_letters_of_wave(wave_id)!
DELETE FROM outbox WHERE wave_id = :wave_id;

-- name: letter_counts(organisation_id, since)
-- How many letters of each kind are in each state; of finished ones those since a moment.
SELECT kind, state, COUNT(*) AS letters FROM outbox
WHERE organisation_id = :organisation_id
    AND (state IN ('waiting', 'sending') OR finished_at >= :since)
GROUP BY kind, state;

-- name: letters_not_delivered(organisation_id, most)
SELECT l.id, l.kind, l.state, l.attempts, l.error, l.created_at, l.due_at, l.finished_at, l.person_id,
    l.parameters, p.name
FROM outbox l JOIN people p ON p.id = l.person_id
WHERE l.organisation_id = :organisation_id AND l.state IN ('failed', 'bounced')
ORDER BY l.finished_at DESC, l.id LIMIT :most;

-- name: count_letters_not_delivered(organisation_id)$
SELECT COUNT(*) FROM outbox WHERE organisation_id = :organisation_id AND state IN ('failed', 'bounced');

-- name: letters_waiting(organisation_id, most)
SELECT l.id, l.kind, l.state, l.attempts, l.error, l.created_at, l.due_at, l.finished_at, l.person_id,
    l.parameters, p.name
FROM outbox l JOIN people p ON p.id = l.person_id
WHERE l.organisation_id = :organisation_id AND l.state IN ('waiting', 'sending')
ORDER BY l.attempts DESC, l.due_at, l.id LIMIT :most;

-- name: send_letter_again(id, organisation_id, now)!
UPDATE outbox SET state = 'waiting', attempts = 0, due_at = :now, error = NULL, finished_at = NULL
WHERE id = :id AND organisation_id = :organisation_id AND state IN ('failed', 'bounced');

-- name: letter(id)^
SELECT id, key, kind, organisation_id, person_id, wave_id, parameters, state, attempts, error, created_at, due_at,
    finished_at, lease_id
FROM outbox WHERE id = :id;

-- name: letters_of_organisation(organisation_id, most)
SELECT l.id, l.kind, l.state, l.attempts, l.error, l.created_at, l.due_at, l.finished_at, l.person_id,
    l.parameters, p.name
FROM outbox l JOIN people p ON p.id = l.person_id
WHERE l.organisation_id = :organisation_id
ORDER BY l.created_at DESC, l.id DESC LIMIT :most;

-- name: letters_in_trouble()
-- Everything that failed, bounced, or has been tried before, for the operator.
SELECT l.id, l.kind, l.state, l.attempts, l.error, l.created_at, l.due_at, l.finished_at, l.organisation_id
FROM outbox l
WHERE l.state IN ('failed', 'bounced') OR (l.state IN ('waiting', 'sending') AND l.attempts > 0)
ORDER BY l.created_at, l.id;

-- name: count_letters_by_state()
SELECT state, COUNT(*) AS letters FROM outbox GROUP BY state ORDER BY state;

-- name: is_letter_abandoned(now)$
SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE state = 'sending' AND lease_until <= :now LIMIT 1) AS abandoned;

-- name: recipient(person_id)^
SELECT p.id, p.organisation_id, p.first_name, p.name, p.email, p.language, p.left_at, p.erased_at,
    o.name AS organisation_name
FROM people p JOIN organisations o ON o.id = p.organisation_id
WHERE p.id = :person_id;

-- name: wave_of_letter(wave_id)^
SELECT id, name, state, opens_at, closes_at FROM waves WHERE id = :wave_id;

-- name: tasks_of_letter(person_id, wave_id)
-- What a person has been given in a wave, the own first; is_open: something of it is not submitted.
SELECT t.id, t.content_hash, t.perspective,
    CASE WHEN EXISTS (
        SELECT 1 FROM assignments a JOIN sheets s ON s.assignment_id = a.id
        WHERE a.task_id = t.id AND s.submitted_at IS NOT NULL
    ) AND NOT EXISTS (
        SELECT 1 FROM assignments a LEFT JOIN sheets s ON s.assignment_id = a.id
        WHERE a.task_id = t.id AND s.submitted_at IS NULL
    ) THEN 0 ELSE 1 END AS is_open
FROM tasks t
WHERE t.respondent_id = :person_id AND t.wave_id = :wave_id AND t.withdrawn_at IS NULL
ORDER BY CASE t.perspective WHEN 'self' THEN 0 WHEN 'manager' THEN 1 ELSE 2 END, t.id;

-- name: letters_that_wait(soon)^
-- Those that should have gone: tried in vain, or due; not those that are planned for later.
SELECT COUNT(*) AS letters, MIN(created_at) AS oldest FROM outbox
WHERE state IN ('waiting', 'sending') AND (attempts > 0 OR due_at <= :soon);

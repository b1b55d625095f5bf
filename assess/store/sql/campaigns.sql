-- name: add_campaign(id, organisation_id, name, now, person_id)!
INSERT INTO campaigns (id, organisation_id, name, created_at, created_by)
VALUES (:id, :organisation_id, :name, :now, :person_id);

-- name: lock_campaign(id)!
-- Changes nothing: on PostgreSQL it makes others who number its waves wait until we are done.
UPDATE campaigns SET id = id WHERE id = :id;

-- name: rename_campaign(id, name)!
UPDATE campaigns SET name = :name WHERE id = :id;

-- name: last_wave_number(campaign_id)$
SELECT COALESCE(MAX(number), 0) FROM waves WHERE campaign_id = :campaign_id;

-- name: add_planned_wave(id, organisation_id, campaign_id, number, name, plan, opens_at, closes_at, job_areas, max_job_areas)!
INSERT INTO waves (id, organisation_id, campaign_id, number, name, state, plan, opens_at, closes_at,
    job_areas, max_job_areas)
VALUES (:id, :organisation_id, :campaign_id, :number, :name, 'draft', :plan, :opens_at, :closes_at,
    :job_areas, :max_job_areas);

-- name: planned_wave(id)^
SELECT w.id, w.organisation_id, w.campaign_id, c.name AS campaign_name, w.number, w.name, w.state, w.plan,
    w.opens_at, w.closes_at, w.filled_at, w.closed_at, w.purged_at
FROM waves w JOIN campaigns c ON c.id = w.campaign_id
WHERE w.id = :id;

-- name: planned_waves(organisation_id)
SELECT w.id, w.organisation_id, w.campaign_id, c.name AS campaign_name, w.number, w.name, w.state, w.plan,
    w.opens_at, w.closes_at, w.filled_at, w.closed_at, w.purged_at
FROM waves w JOIN campaigns c ON c.id = w.campaign_id
WHERE w.organisation_id = :organisation_id
ORDER BY c.created_at DESC, c.id DESC, w.number DESC;

-- name: open_planned_waves()
SELECT w.id, w.organisation_id, w.campaign_id, c.name AS campaign_name, w.number, w.name, w.state, w.plan,
    w.opens_at, w.closes_at, w.filled_at, w.closed_at, w.purged_at
FROM waves w JOIN campaigns c ON c.id = w.campaign_id
WHERE w.state = 'open'
ORDER BY w.id;

-- name: over_planned_waves()
-- Whose answers are not deleted yet.
SELECT w.id, w.organisation_id, w.campaign_id, c.name AS campaign_name, w.number, w.name, w.state, w.plan,
    w.opens_at, w.closes_at, w.filled_at, w.closed_at, w.purged_at
FROM waves w JOIN campaigns c ON c.id = w.campaign_id
WHERE w.state IN ('closed', 'archived') AND w.purged_at IS NULL
ORDER BY w.id;

-- name: change_planned_wave(id, name, plan, opens_at, closes_at, job_areas, max_job_areas)!
UPDATE waves
SET name = :name, plan = :plan, opens_at = :opens_at, closes_at = :closes_at,
    job_areas = :job_areas, max_job_areas = :max_job_areas
WHERE id = :id AND state IN ('draft', 'testing');

-- name: forget_wave_questionnaires(wave_id)!
DELETE FROM wave_questionnaires WHERE wave_id = :wave_id;

-- name: start_testing_wave(id)!
UPDATE waves SET state = 'testing' WHERE id = :id AND state = 'draft' AND campaign_id IS NOT NULL;

-- name: stop_testing_wave(id)!
UPDATE waves SET state = 'draft' WHERE id = :id AND state = 'testing';

-- name: open_planned_wave(id, now)!
-- From now on, or from its opening time where that is still to come.
UPDATE waves
SET state = 'open', filled_at = NULL, opens_at = CASE WHEN opens_at < :now THEN :now ELSE opens_at END
WHERE id = :id AND state IN ('draft', 'testing') AND closes_at > :now AND campaign_id IS NOT NULL;

-- name: call_back_wave(id, now)!
-- Before it has opened: nobody has been given anything.
UPDATE waves SET state = 'draft'
WHERE id = :id AND state = 'open' AND opens_at > :now AND filled_at IS NULL AND campaign_id IS NOT NULL;

-- name: move_closing(id, closes_at, now)!
UPDATE waves SET closes_at = :closes_at
WHERE id = :id AND state = 'open' AND closes_at > :now AND opens_at < :closes_at AND campaign_id IS NOT NULL;

-- name: close_planned_wave(id, now)!
UPDATE waves SET state = 'closed', closed_at = :now
WHERE id = :id AND state = 'open' AND opens_at <= :now AND campaign_id IS NOT NULL;

-- name: archive_wave(id)!
UPDATE waves SET state = 'archived' WHERE id = :id AND state = 'closed';

-- name: lock_open_wave(id)!
-- Changes nothing: 0 when the wave is not open (any more). Others who fill the same wave wait.
UPDATE waves SET id = id WHERE id = :id AND state = 'open';

-- name: wave_filled(id, now)!
UPDATE waves SET filled_at = :now WHERE id = :id AND state = 'open';

-- name: idle_open_waves(kind, now, before)
-- Open waves that nobody has filled since a moment, and no job waits or has failed to do it.
SELECT w.id FROM waves w
WHERE w.state = 'open' AND w.campaign_id IS NOT NULL AND w.opens_at <= :now AND w.closes_at > :now
    AND (w.filled_at IS NULL OR w.filled_at < :before)
    AND NOT EXISTS (
        SELECT 1 FROM jobs j
        WHERE j.kind = :kind AND j.subject = w.id AND j.state IN ('waiting', 'running', 'failed')
    )
ORDER BY w.id;

-- name: open_waves_of_organisation(organisation_id, now)
SELECT id FROM waves
WHERE organisation_id = :organisation_id AND state = 'open' AND campaign_id IS NOT NULL
    AND opens_at <= :now AND closes_at > :now
ORDER BY id;

-- name: areas_of_job_roles(organisation_id)
SELECT r.job_role_id, r.job_area_id
FROM job_role_areas r JOIN job_areas a ON a.id = r.job_area_id
WHERE a.organisation_id = :organisation_id AND a.retired_at IS NULL
ORDER BY r.job_role_id, a.position, a.id;

-- name: add_tester(id, organisation_id, first_name, name, language, wave_id)!
INSERT INTO people (id, organisation_id, first_name, name, language, tests_wave_id)
VALUES (:id, :organisation_id, :first_name, :name, :language, :wave_id);

-- name: tester_tasks(wave_id)
SELECT t.id, t.content_hash, t.perspective, t.given_at, r.name AS respondent, s.name AS subject, r.language
FROM tasks t
JOIN people r ON r.id = t.respondent_id
JOIN people s ON s.id = t.subject_id
WHERE t.wave_id = :wave_id AND r.tests_wave_id = :wave_id
ORDER BY t.id;

-- name: count_testers(wave_id)$
SELECT COUNT(*) FROM people WHERE tests_wave_id = :wave_id;

-- name: lock_tester_tasks(wave_id)!
-- Changes nothing: on PostgreSQL whoever saves an answer of a trial waits until it is gone.
UPDATE tasks SET id = id WHERE respondent_id IN (SELECT id FROM people WHERE tests_wave_id = :wave_id);

-- name: lock_tester_sheets(wave_id)!
UPDATE sheets SET id = id WHERE assignment_id IN (
    SELECT a.id FROM assignments a JOIN tasks t ON t.id = a.task_id JOIN people p ON p.id = t.respondent_id
    WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_answers(wave_id)!
DELETE FROM answers WHERE sheet_id IN (
    SELECT s.id FROM sheets s JOIN assignments a ON a.id = s.assignment_id JOIN tasks t ON t.id = a.task_id
    JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_profiles(wave_id)!
DELETE FROM profiles WHERE sheet_id IN (
    SELECT s.id FROM sheets s JOIN assignments a ON a.id = s.assignment_id JOIN tasks t ON t.id = a.task_id
    JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_sheets(wave_id)!
DELETE FROM sheets WHERE assignment_id IN (
    SELECT a.id FROM assignments a JOIN tasks t ON t.id = a.task_id JOIN people p ON p.id = t.respondent_id
    WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_assignments(wave_id)!
DELETE FROM assignments WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_shares(wave_id)!
DELETE FROM shares WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_documents(wave_id)!
DELETE FROM documents WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_tokens(wave_id)!
DELETE FROM link_tokens WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_sessions(wave_id)!
DELETE FROM sessions WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_codes(wave_id)!
DELETE FROM paper_codes WHERE task_id IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_jobs(wave_id)!
-- Reports and the like: their subject is a task.
DELETE FROM jobs WHERE subject IN (
    SELECT t.id FROM tasks t JOIN people p ON p.id = t.respondent_id WHERE p.tests_wave_id = :wave_id);

-- name: delete_tester_tasks(wave_id)!
DELETE FROM tasks WHERE respondent_id IN (SELECT id FROM people WHERE tests_wave_id = :wave_id);

-- name: delete_tester_letters(wave_id)!
DELETE FROM outbox WHERE person_id IN (SELECT id FROM people WHERE tests_wave_id = :wave_id);

-- name: delete_testers(wave_id)!
DELETE FROM people WHERE tests_wave_id = :wave_id;

-- name: respondents_of_wave(wave_id)
-- Everybody who was ever asked, with where the person belongs in the wave. `is_done`: everything that is still
-- asked has been submitted; `is_done_ever`: everything that was ever asked. What was not submitted is taken back
-- when somebody leaves or gets another leader: `is_done` changes by that, `is_done_ever` does not.
SELECT t.respondent_id, MIN(t.unit_id) AS unit_id,
    CASE WHEN COUNT(*) = COUNT(s.submitted_at) THEN 1 ELSE 0 END AS is_done_ever,
    CASE WHEN COUNT(CASE WHEN t.withdrawn_at IS NULL THEN 1 END) > 0
        AND COUNT(CASE WHEN t.withdrawn_at IS NULL THEN 1 END)
            = COUNT(CASE WHEN t.withdrawn_at IS NULL THEN s.submitted_at END) THEN 1 ELSE 0 END AS is_done
FROM tasks t
JOIN people p ON p.id = t.respondent_id
LEFT JOIN assignments a ON a.task_id = t.id
LEFT JOIN sheets s ON s.assignment_id = a.id
WHERE t.wave_id = :wave_id AND p.tests_wave_id IS NULL AND t.unit_id IS NOT NULL
GROUP BY t.respondent_id;

-- name: unfinished_respondents(wave_id, given_before)
-- Who has something left to submit and was asked before a moment.
SELECT t.respondent_id
FROM tasks t
JOIN people p ON p.id = t.respondent_id
LEFT JOIN assignments a ON a.task_id = t.id
LEFT JOIN sheets s ON s.assignment_id = a.id
WHERE t.wave_id = :wave_id AND t.withdrawn_at IS NULL AND p.tests_wave_id IS NULL
GROUP BY t.respondent_id
HAVING COUNT(*) > COUNT(s.submitted_at) AND COALESCE(MIN(t.given_at), '') < :given_before
ORDER BY t.respondent_id;

-- name: later_task(task_id, now)$
-- The same respondent about the same subject, with the same questionnaire (perhaps a newer version of it),
-- in a later wave of the same campaign that takes answers: the first of them.
SELECT later.id
FROM tasks t
JOIN waves w ON w.id = t.wave_id
JOIN questionnaire_versions v ON v.content_hash = t.content_hash
JOIN waves n ON n.campaign_id = w.campaign_id AND n.number > w.number AND n.state = 'open'
    AND n.opens_at <= :now AND (n.closes_at IS NULL OR n.closes_at > :now)
JOIN tasks later ON later.wave_id = n.id AND later.respondent_id = t.respondent_id
    AND later.subject_id = t.subject_id AND later.perspective = t.perspective AND later.withdrawn_at IS NULL
JOIN questionnaire_versions u ON u.content_hash = later.content_hash AND u.questionnaire_id = v.questionnaire_id
WHERE t.id = :task_id
ORDER BY n.number, later.id LIMIT 1;

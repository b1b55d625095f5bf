-- name: paper_tasks(wave_id)
-- Everything that was given in a wave to real people, with where they belong.
SELECT t.id, t.unit_id, t.content_hash, t.perspective, t.respondent_id, t.subject_id,
    r.name AS respondent_name, r.language AS respondent_language
FROM tasks t
JOIN people r ON r.id = t.respondent_id
WHERE t.wave_id = :wave_id
    AND r.tests_wave_id IS NULL AND r.left_at IS NULL AND r.erased_at IS NULL
ORDER BY r.name, r.id, t.perspective, t.id;

-- name: add_paper_code(code_hash, task_id, created_at, created_by)!
INSERT INTO paper_codes (code_hash, task_id, created_at, created_by)
VALUES (:code_hash, :task_id, :created_at, :created_by);

-- name: task_of_paper_code(code_hash)$
SELECT task_id FROM paper_codes WHERE code_hash = :code_hash AND withdrawn_at IS NULL;

-- name: withdraw_paper_codes(task_id, now)!
UPDATE paper_codes SET withdrawn_at = :now WHERE task_id = :task_id AND withdrawn_at IS NULL;

-- name: answered_on_screen(task_id)$
-- Answers of a task that its respondent has given on a screen.
SELECT COUNT(*) FROM answers n
JOIN sheets s ON s.id = n.sheet_id
JOIN assignments a ON a.id = s.assignment_id
WHERE a.task_id = :task_id AND s.entered_by IS NULL;

-- name: mark_entered(task_id, person_id)!
UPDATE sheets SET entered_by = :person_id
WHERE submitted_at IS NULL AND assignment_id IN (SELECT id FROM assignments WHERE task_id = :task_id);

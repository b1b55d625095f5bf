-- Development talks: who has to do with them, what the two prepare, notes, agreements, to whom they are shown.

-- name: talk_rows(actor_id, of_id, about_id, talk_id, planned_after, now)
-- The one talk `talk_id`, all with which `of_id` has to do, all about `about_id` (each may be ''), and all that
-- are planned for after a moment, as `actor_id` stands to them now. home_unit: where the person belongs; NULL
-- for who has left.
WITH meant (id) AS (
    SELECT id FROM talks WHERE id = :talk_id
    UNION SELECT id FROM talks WHERE person_id = :about_id
    UNION SELECT id FROM talks WHERE person_id = :of_id
    UNION SELECT id FROM talks WHERE holder_id = :of_id
    UNION SELECT talk_id FROM talk_shares WHERE with_id = :of_id
    UNION SELECT talk_id FROM talk_notes WHERE person_id = :of_id
    UNION SELECT id FROM talks WHERE state = 'planned' AND starts_at > :planned_after
)
SELECT t.id, t.organisation_id, t.person_id, t.holder_id, t.holder_role, t.state, t.starts_at, t.minutes,
    t.place, t.sequence, t.created_at, t.held_at, t.cancelled_at,
    p.first_name AS person_first_name, p.name AS person_name, p.language AS person_language,
    h.first_name AS holder_first_name, h.name AS holder_name, h.language AS holder_language,
    pp.ready_at AS person_ready_at, hp.ready_at AS holder_ready_at,
    CASE WHEN p.erased_at IS NULL AND (p.left_at IS NULL OR p.left_at > :now) THEN 1 ELSE 0 END AS is_here,
    CASE WHEN h.erased_at IS NULL AND (h.left_at IS NULL OR h.left_at > :now) THEN 1 ELSE 0 END AS holder_is_here,
    (
        SELECT m.unit_id FROM memberships m
        WHERE m.person_id = t.person_id AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
        ORDER BY CASE m.role WHEN 'member' THEN 0 ELSE 1 END, m.starts_at, m.id LIMIT 1
    ) AS home_unit,
    (
        SELECT COUNT(*) FROM appointments a
        WHERE a.person_id = t.holder_id AND a.organisation_id = t.organisation_id
            AND a.role = 'coach' AND a.ended_at IS NULL
            AND h.erased_at IS NULL AND (h.left_at IS NULL OR h.left_at > :now)
    ) AS holder_coaches,
    (
        SELECT COUNT(*) FROM talk_shares s
        WHERE s.talk_id = t.id AND s.with_id = t.holder_id AND s.shared = 0 AND s.revision = (
            SELECT MAX(o.revision) FROM talk_shares o WHERE o.talk_id = s.talk_id AND o.with_id = s.with_id
        )
    ) AS holder_shut_out,
    (
        SELECT s.role FROM talk_shares s
        WHERE s.talk_id = t.id AND s.with_id = :actor_id AND s.shared = 1 AND s.revision = (
            SELECT MAX(o.revision) FROM talk_shares o WHERE o.talk_id = s.talk_id AND o.with_id = s.with_id
        )
    ) AS shown_as,
    (
        SELECT COUNT(*) FROM talk_notes n
        WHERE n.talk_id = t.id AND n.person_id = :actor_id AND n.content <> ''
    ) AS has_note
FROM meant
JOIN talks t ON t.id = meant.id
JOIN people p ON p.id = t.person_id
JOIN people h ON h.id = t.holder_id
LEFT JOIN talk_preparations pp ON pp.talk_id = t.id AND pp.person_id = t.person_id
LEFT JOIN talk_preparations hp ON hp.talk_id = t.id AND hp.person_id = t.holder_id
ORDER BY t.starts_at DESC, t.id DESC;

-- name: lock_talk(id)!
-- Changes nothing: on PostgreSQL it makes other writers in this talk wait until we are done.
UPDATE talks SET id = id WHERE id = :id;

-- name: person_to_talk_with(id, now)^
-- Of real people who are here, with the unit where they are at home.
SELECT p.id, p.organisation_id, p.first_name, p.name, p.language,
    (
        SELECT m.unit_id FROM memberships m
        WHERE m.person_id = p.id AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
        ORDER BY CASE m.role WHEN 'member' THEN 0 ELSE 1 END, m.starts_at, m.id LIMIT 1
    ) AS home_unit
FROM people p
WHERE p.id = :id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
    AND (p.left_at IS NULL OR p.left_at > :now);

-- name: people_beneath(leader_id, now)
-- Everybody in the units that somebody leads and in all beneath, with the unit where each is at home.
WITH RECURSIVE led (id) AS (
    SELECT m.unit_id FROM memberships m JOIN people l ON l.id = m.person_id
    WHERE m.person_id = :leader_id AND m.role = 'leader' AND (l.left_at IS NULL OR l.left_at > :now)
        AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
    UNION
    SELECT u.id FROM units u JOIN led ON u.parent_id = led.id
    WHERE u.ended_at IS NULL OR u.ended_at > :now
)
SELECT p.id, p.organisation_id, p.first_name, p.name, p.language, p.email,
    (
        SELECT m.unit_id FROM memberships m
        WHERE m.person_id = p.id AND m.starts_at <= :now AND (m.ends_at IS NULL OR m.ends_at > :now)
        ORDER BY CASE m.role WHEN 'member' THEN 0 ELSE 1 END, m.starts_at, m.id LIMIT 1
    ) AS home_unit
FROM people p
WHERE p.id <> :leader_id AND p.tests_wave_id IS NULL AND p.erased_at IS NULL
    AND (p.left_at IS NULL OR p.left_at > :now)
    AND EXISTS (
        SELECT 1 FROM memberships b JOIN led ON led.id = b.unit_id
        WHERE b.person_id = p.id AND b.starts_at <= :now AND (b.ends_at IS NULL OR b.ends_at > :now)
    )
ORDER BY p.id;

-- name: people_coached_by(coach_id, now)
-- Who shares a profile or a talk with somebody as coach now; whether that somebody is one is for the rights. What
-- was shared with whoever was to rate the person in that wave was shared with a manager.
SELECT p.id, p.organisation_id, p.first_name, p.name, p.language, p.email
FROM people p
WHERE p.tests_wave_id IS NULL AND p.erased_at IS NULL AND (p.left_at IS NULL OR p.left_at > :now)
    AND p.id IN (
        SELECT t.subject_id FROM shares s JOIN tasks t ON t.id = s.task_id
        WHERE s.with_id = :coach_id AND s.shared = 1 AND t.respondent_id = t.subject_id
            AND t.withdrawn_at IS NULL AND s.revision = (
                SELECT MAX(o.revision) FROM shares o WHERE o.task_id = s.task_id AND o.with_id = s.with_id
            )
            AND NOT EXISTS (
                SELECT 1 FROM tasks m
                WHERE m.wave_id = t.wave_id AND m.subject_id = t.subject_id AND m.perspective = 'manager'
                    AND m.respondent_id = :coach_id AND (m.withdrawn_at IS NULL OR s.decided_at <= m.withdrawn_at)
            )
        UNION
        SELECT k.person_id FROM talk_shares s JOIN talks k ON k.id = s.talk_id
        WHERE s.with_id = :coach_id AND s.shared = 1 AND s.role = 'coach' AND s.revision = (
            SELECT MAX(o.revision) FROM talk_shares o WHERE o.talk_id = s.talk_id AND o.with_id = s.with_id
        )
    )
ORDER BY p.id;

-- name: planned_talks_of_two(person_id, holder_id)
SELECT id, starts_at, minutes FROM talks
WHERE person_id = :person_id AND holder_id = :holder_id AND state = 'planned' ORDER BY id;

-- name: add_talk(id, organisation_id, person_id, holder_id, holder_role, starts_at, minutes, place, created_by, now)!
INSERT INTO talks (
    id, organisation_id, person_id, holder_id, holder_role, state, starts_at, minutes, place, sequence,
    created_by, created_at
) VALUES (
    :id, :organisation_id, :person_id, :holder_id, :holder_role, 'planned', :starts_at, :minutes, :place, 0,
    :created_by, :now
);

-- name: change_talk(id, starts_at, minutes, place)!
UPDATE talks SET starts_at = :starts_at, minutes = :minutes, place = :place, sequence = sequence + 1
WHERE id = :id;

-- name: talk_held(id, now)!
UPDATE talks SET state = 'held', held_at = :now WHERE id = :id;

-- name: talk_not_held(id)!
UPDATE talks SET state = 'planned', held_at = NULL WHERE id = :id;

-- name: talk_cancelled(id, now)!
UPDATE talks SET state = 'cancelled', cancelled_at = :now, sequence = sequence + 1 WHERE id = :id;

-- name: talks_of_erased_holders(now)
-- To come, cancelled with the erasure of whoever was to hold them, and told to nobody yet.
SELECT t.id, t.person_id FROM talks t JOIN people h ON h.id = t.holder_id
WHERE t.state = 'cancelled' AND t.starts_at > :now AND h.erased_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM access_log l
    WHERE l.about_id = t.person_id AND l.action IN ('cancel-talk', 'lapse-talk')
        AND (l.object_id = t.id OR SUBSTR(l.object_id, 1, LENGTH(t.id) + 1) = t.id || ' ')
)
ORDER BY t.id;

-- name: why_talk_lapsed(talk_id, person_id)$
-- The line of the log that says so: the talk, and the reason.
SELECT object_id FROM access_log
WHERE about_id = :person_id AND action = 'lapse-talk'
    AND SUBSTR(object_id, 1, LENGTH(CAST(:talk_id AS TEXT)) + 1) = CAST(:talk_id AS TEXT) || ' '
ORDER BY at DESC LIMIT 1;

-- name: talk_preparation(talk_id, person_id)^
SELECT content, revision, saved_at, ready_at FROM talk_preparations
WHERE talk_id = :talk_id AND person_id = :person_id;

-- name: save_talk_preparation(talk_id, person_id, content, revision, now, ready_at)!
INSERT INTO talk_preparations (talk_id, person_id, content, revision, saved_at, ready_at)
VALUES (:talk_id, :person_id, :content, :revision, :now, :ready_at)
ON CONFLICT (talk_id, person_id) DO UPDATE SET content = excluded.content, revision = excluded.revision,
    saved_at = excluded.saved_at, ready_at = excluded.ready_at;

-- name: talk_note(talk_id, person_id)^
SELECT content, revision, saved_at FROM talk_notes WHERE talk_id = :talk_id AND person_id = :person_id;

-- name: save_talk_note(talk_id, person_id, content, revision, now)!
INSERT INTO talk_notes (talk_id, person_id, content, revision, saved_at)
VALUES (:talk_id, :person_id, :content, :revision, :now)
ON CONFLICT (talk_id, person_id) DO UPDATE SET content = excluded.content, revision = excluded.revision,
    saved_at = excluded.saved_at;

-- name: decided_talk_shares(person_id)
-- About whom the person has ever decided, whatever holds now.
SELECT DISTINCT s.talk_id, s.with_id FROM talk_shares s JOIN talks t ON t.id = s.talk_id
WHERE t.person_id = :person_id ORDER BY s.talk_id, s.with_id;

-- name: talk_shares_in_force(talk_id)
-- To whom the person shows a talk by the latest decision about each.
SELECT s.with_id, s.role, s.decided_at, p.first_name, p.name, p.language
FROM talk_shares s JOIN people p ON p.id = s.with_id
WHERE s.talk_id = :talk_id AND s.shared = 1 AND p.erased_at IS NULL AND s.revision = (
    SELECT MAX(o.revision) FROM talk_shares o WHERE o.talk_id = s.talk_id AND o.with_id = s.with_id
)
ORDER BY s.with_id;

-- name: add_talk_share(talk_id, with_id, role, shared, now)!
-- Within lock_talk, so that no two decisions get the same revision.
INSERT INTO talk_shares (talk_id, with_id, revision, role, shared, decided_at)
SELECT CAST(:talk_id AS TEXT), CAST(:with_id AS TEXT), COALESCE(MAX(revision), 0) + 1,
    CAST(:role AS TEXT), CAST(:shared AS INTEGER), CAST(:now AS TEXT)
FROM talk_shares WHERE talk_id = :talk_id AND with_id = :with_id;

-- name: talk_of_agreement(id)$
SELECT talk_id FROM agreements WHERE id = :id;

-- name: agreements_of_talks(talk_id, about_id, of_id)
-- Of the one talk, of all about `about_id`, and of all that `of_id` holds or is shown (each may be ''), as they
-- stand now, oldest first.
SELECT a.id, a.talk_id, t.person_id, a.kind, a.owner, a.content, a.due_on, a.revision, a.status, a.status_at,
    a.created_at, a.removed_at, v.made_at,
    m.id AS made_id, m.first_name AS made_first_name, m.name AS made_name, m.language AS made_language,
    s.id AS status_id, s.first_name AS status_first_name, s.name AS status_name, s.language AS status_language
FROM agreements a
JOIN talks t ON t.id = a.talk_id
JOIN agreement_versions v ON v.agreement_id = a.id AND v.revision = a.revision
LEFT JOIN people m ON m.id = v.made_by AND m.erased_at IS NULL
LEFT JOIN people s ON s.id = a.status_by AND s.erased_at IS NULL
WHERE a.talk_id IN (
    SELECT id FROM talks WHERE id = :talk_id
    UNION SELECT id FROM talks WHERE person_id = :about_id
    UNION SELECT id FROM talks WHERE person_id = :of_id
    UNION SELECT id FROM talks WHERE holder_id = :of_id
    UNION SELECT talk_id FROM talk_shares WHERE with_id = :of_id
)
ORDER BY a.created_at, a.id;

-- name: signatures_of_talks(talk_id, about_id, of_id)
-- Who has signed the agreements of the same talks as they stand now, and when, the earliest first; without a name who was erased.
SELECT g.agreement_id, g.signed_at, p.id AS signer_id, p.first_name AS signer_first_name,
    p.name AS signer_name, p.language AS signer_language
FROM agreement_signatures g JOIN agreements a ON a.id = g.agreement_id AND a.revision = g.revision
JOIN people p ON p.id = g.person_id
WHERE a.talk_id IN (
    SELECT id FROM talks WHERE id = :talk_id
    UNION SELECT id FROM talks WHERE person_id = :about_id
    UNION SELECT id FROM talks WHERE person_id = :of_id
    UNION SELECT id FROM talks WHERE holder_id = :of_id
    UNION SELECT talk_id FROM talk_shares WHERE with_id = :of_id
)
ORDER BY g.agreement_id, g.signed_at, g.person_id;

-- name: talks_with_overdue_agreements(of_id, today)
-- Of those that `of_id` holds or is shown.
SELECT DISTINCT a.talk_id FROM agreements a
WHERE a.status IN ('open', 'under-way') AND a.removed_at IS NULL AND a.due_on < :today AND a.talk_id IN (
    SELECT id FROM talks WHERE holder_id = :of_id
    UNION SELECT talk_id FROM talk_shares WHERE with_id = :of_id
);

-- name: add_agreement(id, talk_id, kind, owner, content, due_on, person_id, now)!
INSERT INTO agreements (
    id, talk_id, kind, owner, content, due_on, revision, status, status_at, status_by, created_at
) VALUES (
    :id, :talk_id, :kind, :owner, :content, :due_on, 1, 'open', :now, :person_id, :now
);

-- name: change_agreement(id, kind, owner, content, due_on, revision)!
-- What was taken away and is changed is there again.
UPDATE agreements SET kind = :kind, owner = :owner, content = :content, due_on = :due_on,
    revision = :revision, removed_at = NULL
WHERE id = :id;

-- name: add_agreement_version(agreement_id, revision, version, made_by, now)!
INSERT INTO agreement_versions (agreement_id, revision, version, made_by, made_at)
VALUES (:agreement_id, :revision, :version, :made_by, :now);

-- name: agreement_versions(agreement_id)
SELECT v.revision, v.version, v.made_at, p.id AS made_id, p.first_name AS made_first_name,
    p.name AS made_name, p.language AS made_language
FROM agreement_versions v LEFT JOIN people p ON p.id = v.made_by AND p.erased_at IS NULL
WHERE v.agreement_id = :agreement_id ORDER BY v.revision DESC;

-- name: agreement_signatures(agreement_id)
SELECT g.revision, g.signed_at, p.id, p.first_name, p.name, p.language
FROM agreement_signatures g JOIN people p ON p.id = g.person_id
WHERE g.agreement_id = :agreement_id ORDER BY g.revision, g.signed_at, p.id;

-- name: sign_agreement(agreement_id, person_id, revision, now)!
INSERT INTO agreement_signatures (agreement_id, person_id, revision, signed_at)
VALUES (:agreement_id, :person_id, :revision, :now)
ON CONFLICT DO NOTHING;

-- name: agreement_status(id, status, person_id, now)!
UPDATE agreements SET status = :status, status_at = :now, status_by = :person_id WHERE id = :id;

-- name: agreement_removed(id, removed_at)!
UPDATE agreements SET removed_at = :removed_at WHERE id = :id;

-- name: all_shares_of_talk(talk_id)
-- Every decision to whom a talk is shown, for the copy of a person's data.
SELECT s.with_id, p.name AS with_name, s.role, s.shared, s.decided_at
FROM talk_shares s JOIN people p ON p.id = s.with_id
WHERE s.talk_id = :talk_id ORDER BY s.decided_at, s.with_id, s.revision;

-- name: talks_to_erase(before_held, before_cancelled, before_left, person_id)
-- All about `person_id` (may be ''), and what has been kept long enough: by when it took place or was to, when
-- it was cancelled, and when the person left.
SELECT t.id FROM talks t JOIN people p ON p.id = t.person_id
WHERE t.person_id = :person_id
    OR (t.state <> 'cancelled' AND t.starts_at < :before_held)
    OR (t.state = 'cancelled' AND t.cancelled_at < :before_cancelled)
    OR p.left_at < :before_left
ORDER BY t.id;

-- name: erase_talk_sessions(talk_id)!
DELETE FROM person_sessions WHERE talk_id = :talk_id;

-- name: erase_talk_links(talk_id)!
DELETE FROM talk_links WHERE talk_id = :talk_id;

-- name: erase_talk_signatures(talk_id)!
DELETE FROM agreement_signatures WHERE agreement_id IN (SELECT id FROM agreements WHERE talk_id = :talk_id);

-- name: erase_talk_versions(talk_id)!
DELETE FROM agreement_versions WHERE agreement_id IN (SELECT id FROM agreements WHERE talk_id = :talk_id);

-- name: erase_talk_agreements(talk_id)!
DELETE FROM agreements WHERE talk_id = :talk_id;

-- name: erase_talk_shares(talk_id)!
DELETE FROM talk_shares WHERE talk_id = :talk_id;

-- name: erase_talk_notes(talk_id)!
DELETE FROM talk_notes WHERE talk_id = :talk_id;

-- name: erase_talk_preparations(talk_id)!
DELETE FROM talk_preparations WHERE talk_id = :talk_id;

-- name: erase_talk(talk_id)!
DELETE FROM talks WHERE id = :talk_id;

-- name: erase_talk_links_of(person_id)!
DELETE FROM talk_links WHERE person_id = :person_id;

-- name: erase_talk_notes_of(person_id)!
DELETE FROM talk_notes WHERE person_id = :person_id;

-- name: erase_talk_preparations_of(person_id)!
DELETE FROM talk_preparations WHERE person_id = :person_id;

-- name: erase_talk_shares_with(person_id)!
DELETE FROM talk_shares WHERE with_id = :person_id;

-- name: erase_who_wrote_agreements(person_id)!
UPDATE agreement_versions SET made_by = NULL WHERE made_by = :person_id;

-- name: erase_who_set_status(person_id)!
UPDATE agreements SET status_by = NULL WHERE status_by = :person_id;

-- name: cancel_planned_talks_of_holder(person_id, now)!
UPDATE talks SET state = 'cancelled', cancelled_at = :now, sequence = sequence + 1
WHERE holder_id = :person_id AND state = 'planned';

-- name: erase_old_talk_preparations(before)!
-- What was written for a talk or about it has served when the talk is long over; the agreements go on living.
DELETE FROM talk_preparations WHERE talk_id IN (SELECT id FROM talks WHERE starts_at < :before);

-- name: erase_old_talk_notes(before)!
DELETE FROM talk_notes WHERE talk_id IN (SELECT id FROM talks WHERE starts_at < :before);

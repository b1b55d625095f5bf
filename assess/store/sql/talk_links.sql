-- Letters about talks, the links in them, and the sessions that these open.

-- name: talk_of_letter(id)^
SELECT t.id, t.organisation_id, t.person_id, t.holder_id, t.state, t.starts_at, t.minutes, t.place, t.sequence,
    p.first_name AS person_first_name, p.name AS person_name, p.erased_at AS person_erased_at,
    h.first_name AS holder_first_name, h.name AS holder_name, h.erased_at AS holder_erased_at
FROM talks t JOIN people p ON p.id = t.person_id JOIN people h ON h.id = t.holder_id
WHERE t.id = :id;

-- name: waiting_letter(key)$
SELECT id FROM outbox WHERE key = :key AND state = 'waiting' AND attempts = 0;

-- name: standing_letter(key)$
-- One that waits, is being sent or has gone.
SELECT id FROM outbox WHERE key = :key AND state <> 'cancelled';

-- name: cancel_waiting_letter(key, now)!
UPDATE outbox SET state = 'cancelled', error = 'over', finished_at = :now
WHERE key = :key AND state = 'waiting' AND attempts = 0;

-- name: letters_about_talks_of_two(person_id, holder_id, since)$
-- That the person has got, or will get, because the two planned, moved or cancelled talks.
SELECT COUNT(*) FROM outbox o JOIN talks t
    ON SUBSTR(o.key, 1, LENGTH(o.kind) + LENGTH(t.id) + 2) = o.kind || ':' || t.id || ':'
WHERE o.person_id = :person_id AND o.kind IN ('talk-invitation', 'talk-changed', 'talk-cancelled')
    AND o.state <> 'cancelled' AND o.created_at > :since
    AND t.person_id = :person_id AND t.holder_id = :holder_id;

-- name: letters_of_talk_have_gone(talk_id, now)!
-- Of every kind that waits: the demo begins with talks of which everybody has heard.
UPDATE outbox SET state = 'sent', finished_at = :now
WHERE state = 'waiting'
    AND SUBSTR(key, 1, LENGTH(kind) + LENGTH(CAST(:talk_id AS TEXT)) + 2) = kind || ':' || CAST(:talk_id AS TEXT) || ':';

-- name: forget_letters_of_talk(talk_id)!
-- Of every kind: their keys begin with the kind and the talk.
DELETE FROM outbox
WHERE SUBSTR(key, 1, LENGTH(kind) + LENGTH(CAST(:talk_id AS TEXT)) + 2) = kind || ':' || CAST(:talk_id AS TEXT) || ':';

-- name: add_talk_link(token_hash, talk_id, person_id, created_at, expires_at)!
INSERT INTO talk_links (token_hash, talk_id, person_id, created_at, expires_at)
VALUES (:token_hash, :talk_id, :person_id, :created_at, :expires_at);

-- name: talk_link(token_hash, now)^
-- Whoever has left, or has no part in the talk any more, opens nothing; nor does anybody a talk that is over.
SELECT l.talk_id, l.person_id, p.language FROM talk_links l
JOIN talks t ON t.id = l.talk_id
JOIN people p ON p.id = l.person_id
WHERE l.token_hash = :token_hash AND l.withdrawn_at IS NULL AND l.expires_at > :now
    AND t.state = 'planned' AND p.id IN (t.person_id, t.holder_id)
    AND p.left_at IS NULL AND p.erased_at IS NULL;

-- name: was_talk_link(token_hash)$
SELECT COUNT(*) FROM talk_links WHERE token_hash = :token_hash;

-- name: withdraw_talk_links(talk_id, now)!
UPDATE talk_links SET withdrawn_at = :now
WHERE talk_id = :talk_id AND withdrawn_at IS NULL AND expires_at > :now;

-- name: delete_expired_talk_links(before)!
DELETE FROM talk_links WHERE expires_at < :before;

-- name: add_talk_session(id, person_id, language, talk_id, now)!
INSERT INTO person_sessions (id, person_id, language, created_at, seen_at, talk_id)
VALUES (:id, :person_id, :language, :now, :now, :talk_id);

-- name: end_sessions_of_talk(talk_id, now)!
UPDATE person_sessions SET ended_at = :now WHERE talk_id = :talk_id AND ended_at IS NULL;

-- name: unready_for_talks(now, until, told_before)
-- Whoever of the two is not ready for a talk that is soon, was told of it some time ago, and not reminded yet.
SELECT t.id AS talk_id, p.id AS person_id
FROM talks t
JOIN people p ON p.id = t.person_id OR p.id = t.holder_id
LEFT JOIN talk_preparations r ON r.talk_id = t.id AND r.person_id = p.id
WHERE t.state = 'planned' AND t.starts_at > :now AND t.starts_at <= :until AND t.created_at <= :told_before
    AND r.ready_at IS NULL AND p.left_at IS NULL AND p.erased_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM outbox o
        WHERE o.key = 'talk-reminder:' || t.id || ':' || CAST(t.sequence AS TEXT) || ':' || p.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox o
        WHERE o.key = 'talk-changed:' || t.id || ':' || CAST(t.sequence AS TEXT) || ':' || p.id
            AND o.created_at > :told_before
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox o
        WHERE o.key = 'talk-invitation:' || t.id || ':' || p.id AND o.state IN ('waiting', 'sending')
    )
ORDER BY t.id, p.id;

-- name: agreements_coming_due(first, last)
-- told_at: when it last got its words and its date.
SELECT a.id, a.talk_id, a.owner, a.due_on, t.organisation_id, t.person_id, t.holder_id,
    (SELECT MAX(v.made_at) FROM agreement_versions v WHERE v.agreement_id = a.id) AS told_at
FROM agreements a JOIN talks t ON t.id = a.talk_id
WHERE a.status IN ('open', 'under-way') AND a.removed_at IS NULL AND t.state <> 'cancelled'
    AND a.due_on >= :first AND a.due_on <= :last
ORDER BY a.due_on, a.id;

-- name: successors_in_talks_with_agreements_due(first, last)
SELECT DISTINCT s.talk_id, s.with_id
FROM agreements a JOIN talk_shares s ON s.talk_id = a.talk_id
WHERE a.status IN ('open', 'under-way') AND a.removed_at IS NULL AND a.due_on >= :first AND a.due_on <= :last
    AND s.role = 'manager' AND s.shared = 1 AND s.revision = (
        SELECT MAX(o.revision) FROM talk_shares o WHERE o.talk_id = s.talk_id AND o.with_id = s.with_id
    )
ORDER BY s.talk_id, s.with_id;

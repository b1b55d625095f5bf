-- A development talk of two: the person whom it is about, and who holds it, as nearest manager or as coach.
-- Texts of the two are in talk_preparations, talk_notes and agreements; here is nothing that anybody wrote
-- but the place. sequence: grows with each change that calendars must hear of (RFC 5545).
CREATE TABLE talks (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    holder_id TEXT NOT NULL REFERENCES people (id),
    holder_role TEXT NOT NULL CHECK (holder_role IN ('manager', 'coach')),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    starts_at TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    place TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    held_at TEXT,
    cancelled_at TEXT,
    CHECK (person_id <> holder_id)
);
CREATE INDEX talks_person ON talks (person_id, starts_at);
CREATE INDEX talks_holder ON talks (holder_id, starts_at);
CREATE INDEX talks_organisation ON talks (organisation_id, starts_at);
CREATE INDEX talks_state ON talks (state, starts_at);

-- What each of the two writes alone; the other sees it when both are ready.
CREATE TABLE talk_preparations (
    talk_id TEXT NOT NULL REFERENCES talks (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    content TEXT NOT NULL,
    revision INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    ready_at TEXT,
    PRIMARY KEY (talk_id, person_id)
);
CREATE INDEX talk_preparations_person ON talk_preparations (person_id);

-- Working notes: for their writer alone.
CREATE TABLE talk_notes (
    talk_id TEXT NOT NULL REFERENCES talks (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    content TEXT NOT NULL,
    revision INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (talk_id, person_id)
);
CREATE INDEX talk_notes_person ON talk_notes (person_id);

-- To whom the person shows a talk with its agreements: a coach, or a new manager who takes the place of the
-- one who held it. Every decision is kept; the latest about each is in force.
CREATE TABLE talk_shares (
    talk_id TEXT NOT NULL REFERENCES talks (id),
    with_id TEXT NOT NULL REFERENCES people (id),
    revision INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('coach', 'manager')),
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (talk_id, with_id, revision)
);
CREATE INDEX talk_shares_with ON talk_shares (with_id);

-- An agreement as it stands now; what it said before is in agreement_versions. status is no part of a
-- version: doing what was agreed needs no new signature.
CREATE TABLE agreements (
    id TEXT PRIMARY KEY,
    talk_id TEXT NOT NULL REFERENCES talks (id),
    kind TEXT NOT NULL CHECK (kind IN ('professional', 'behavioural', 'personal')),
    owner TEXT NOT NULL CHECK (owner IN ('person', 'holder', 'both')),
    content TEXT NOT NULL,
    due_on TEXT,
    revision INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'under-way', 'done', 'dropped')),
    status_at TEXT NOT NULL,
    status_by TEXT REFERENCES people (id),
    created_at TEXT NOT NULL,
    removed_at TEXT
);
CREATE INDEX agreements_talk ON agreements (talk_id);
CREATE INDEX agreements_due ON agreements (status, due_on);

CREATE TABLE agreement_versions (
    agreement_id TEXT NOT NULL REFERENCES agreements (id),
    revision INTEGER NOT NULL,
    version TEXT NOT NULL,
    made_by TEXT REFERENCES people (id),
    made_at TEXT NOT NULL,
    PRIMARY KEY (agreement_id, revision)
);

-- Who has signed which version. One that was changed afterwards has to be signed again.
CREATE TABLE agreement_signatures (
    agreement_id TEXT NOT NULL REFERENCES agreements (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    revision INTEGER NOT NULL,
    signed_at TEXT NOT NULL,
    PRIMARY KEY (agreement_id, person_id, revision)
);

-- Links in letters that open the preparation of one talk for one of its two, and nothing else.
CREATE TABLE talk_links (
    token_hash TEXT PRIMARY KEY,
    talk_id TEXT NOT NULL REFERENCES talks (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    withdrawn_at TEXT
);
CREATE INDEX talk_links_talk ON talk_links (talk_id);
CREATE INDEX talk_links_person ON talk_links (person_id);
CREATE INDEX talk_links_expiry ON talk_links (expires_at);
-- The latest shares of people with a talk, and with live agreements, that administrators are shown: bands of
-- groups. base: of which people each band was made, so that one who comes or goes does not move it.
CREATE TABLE talk_overviews (
    organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
    content TEXT NOT NULL,
    base TEXT NOT NULL,
    made_at TEXT NOT NULL
);
-- The talk that a session is limited to; NULL: signed in.
ALTER TABLE person_sessions ADD COLUMN talk_id TEXT REFERENCES talks (id);

-- Many documents at once, ordered by one person. Of what: the kind and its subject. expires_at: when what was
-- made is deleted.
CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'paused', 'done', 'cancelled', 'expired')),
    reason TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    expires_at TEXT NOT NULL
);
CREATE INDEX batches_person ON batches (person_id, created_at);
CREATE INDEX batches_state ON batches (state, expires_at);

-- One document of a batch. made_of: fingerprint of all that it was made of; what the asker may see no longer
-- is not handed out. left-out: the asker may not see it any more.
CREATE TABLE batch_items (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES batches (id),
    position INTEGER NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'left-out')),
    attempts INTEGER NOT NULL,
    lease_id TEXT,
    lease_until TEXT,
    error TEXT,
    file_name TEXT,
    made_of TEXT,
    content BYTEA,
    sha256 TEXT,
    finished_at TEXT,
    UNIQUE (batch_id, position)
);
CREATE INDEX batch_items_state ON batch_items (batch_id, state);

-- What is shared with a person is asked for on every page of a leader or coach.
CREATE INDEX shares_with ON shares (with_id);

-- The organisation over time. A unit that is closed and a person who has left stay, so that the past can be
-- told; whoever was erased stays as an id without anything.
ALTER TABLE units ADD COLUMN ended_at TEXT;
ALTER TABLE people ADD COLUMN left_at TEXT;
ALTER TABLE people ADD COLUMN erased_at TEXT;
-- The wave that a throw-away respondent tries; NULL for everybody who is real.
ALTER TABLE people ADD COLUMN tests_wave_id TEXT REFERENCES waves (id);
-- When the person last corrected the own name, address or language: an import asks before it undoes that.
ALTER TABLE people ADD COLUMN corrected_at TEXT;
CREATE INDEX people_organisation ON people (organisation_id);
CREATE INDEX people_plain_email ON people (LOWER(email));
CREATE INDEX people_tests ON people (tests_wave_id);

-- Coaches, and the employees' representatives who see notices, questionnaires and group results.
CREATE TABLE appointments (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('coach', 'representative')),
    granted_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE UNIQUE INDEX appointments_in_force ON appointments (organisation_id, person_id, role)
    WHERE ended_at IS NULL;
CREATE INDEX appointments_person ON appointments (person_id);

-- A roster that waits for its "apply", as it was read; kept for a day.
CREATE TABLE roster_imports (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content BYTEA NOT NULL,
    options TEXT NOT NULL,
    made_of TEXT NOT NULL,
    applied_at TEXT
);
CREATE INDEX roster_imports_organisation ON roster_imports (organisation_id, made_at);

CREATE TABLE campaigns (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT REFERENCES people (id)
);
CREATE INDEX campaigns_organisation ON campaigns (organisation_id);

-- A wave belongs to a campaign; those from before campaigns have none. plan: assess.campaigns.plans.WavePlan.
ALTER TABLE waves ADD COLUMN campaign_id TEXT REFERENCES campaigns (id);
ALTER TABLE waves ADD COLUMN number INTEGER;
ALTER TABLE waves ADD COLUMN plan TEXT;
ALTER TABLE waves ADD COLUMN filled_at TEXT;
ALTER TABLE waves ADD COLUMN closed_at TEXT;
ALTER TABLE waves ADD COLUMN purged_at TEXT;
CREATE INDEX waves_campaign ON waves (campaign_id, number);
CREATE INDEX waves_organisation ON waves (organisation_id);
CREATE INDEX waves_state ON waves (state);

-- Where the respondent belonged when the task was given, and whether it was taken back (the person left, or
-- got another leader) before anything was submitted.
ALTER TABLE tasks ADD COLUMN unit_id TEXT REFERENCES units (id);
ALTER TABLE tasks ADD COLUMN given_at TEXT;
ALTER TABLE tasks ADD COLUMN withdrawn_at TEXT;
DROP INDEX tasks_one_view;
CREATE UNIQUE INDEX tasks_one_view ON tasks (wave_id, content_hash, subject_id, perspective)
    WHERE perspective <> 'direct-report' AND withdrawn_at IS NULL;
CREATE INDEX tasks_wave_respondent ON tasks (wave_id, respondent_id);

-- A link can be taken back before it expires.
ALTER TABLE link_tokens ADD COLUMN withdrawn_at TEXT;
-- Printed on a card by that administrator (else it was mailed): it opens with the code word that the person
-- chose at first. wrong_codes: those typed so far.
ALTER TABLE link_tokens ADD COLUMN printed_by TEXT REFERENCES people (id);
ALTER TABLE link_tokens ADD COLUMN code_hash TEXT;
ALTER TABLE link_tokens ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX link_tokens_task ON link_tokens (task_id);

-- Letters that wait, are sent or have failed; written in the transaction of what they tell. Their text is
-- made when they are sent: here are ids only, never a token or an answer; an address only where the person
-- no longer has it (parameters, emptied when the letter is finished). Urgent: somebody waits for it now.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    organisation_id TEXT REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    wave_id TEXT REFERENCES waves (id),
    parameters TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'bounced', 'cancelled')),
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    lease_id TEXT,
    lease_until TEXT,
    error TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT
);
CREATE INDEX outbox_due ON outbox (state, urgent DESC, due_at, id);
CREATE INDEX outbox_organisation ON outbox (organisation_id, state, finished_at);
CREATE INDEX outbox_person ON outbox (person_id);
CREATE INDEX outbox_wave ON outbox (wave_id, kind, state);

-- Somebody asks for a sign-in link with an address. Whether anybody has it is found out later, by the
-- worker, so that the answer to a known and an unknown address takes as long.
CREATE TABLE sign_in_requests (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    asked_at TEXT NOT NULL
);

-- Tries of a kind by an address (hashed), so that limits hold over all processes and machines.
CREATE TABLE tries (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX tries_key ON tries (key, at);
CREATE INDEX tries_at ON tries (at);

CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    credential_id TEXT NOT NULL UNIQUE,
    public_key BYTEA NOT NULL,
    sign_count INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT,
    ended_at TEXT
);
CREATE INDEX passkeys_person ON passkeys (person_id);
-- What a passkey has to sign, once; and when this session was confirmed by one.
ALTER TABLE person_sessions ADD COLUMN challenge TEXT;
ALTER TABLE person_sessions ADD COLUMN challenged_at TEXT;
ALTER TABLE person_sessions ADD COLUMN confirmed_at TEXT;

-- Group results as published: never changed, only followed by a new version.
CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    wave_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    perspective TEXT NOT NULL,
    version INTEGER NOT NULL,
    method TEXT NOT NULL,
    about TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (wave_id, content_hash, perspective, version),
    FOREIGN KEY (wave_id, content_hash) REFERENCES wave_questionnaires (wave_id, content_hash)
);
CREATE INDEX releases_organisation ON releases (organisation_id, made_at);

-- One published group: a union of cells of the release's partition.
CREATE TABLE release_groups (
    release_id TEXT NOT NULL REFERENCES releases (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    figures TEXT NOT NULL,
    PRIMARY KEY (release_id, unit_id)
);

-- Which respondents each published cell was made of: never shown, only for deciding what a later wave may
-- publish. Erasing a person leaves the id of nobody.
CREATE TABLE release_members (
    release_id TEXT NOT NULL REFERENCES releases (id),
    cell INTEGER NOT NULL,
    -- The cell of what is shown for larger groups only (distributions, comments); NULL where there was none.
    wide_cell INTEGER,
    person_id TEXT NOT NULL,
    PRIMARY KEY (release_id, person_id)
);

-- The access log as a chain: each line carries the hash of the one before. Lines from before have neither.
ALTER TABLE access_log ADD COLUMN number INTEGER;
ALTER TABLE access_log ADD COLUMN hash TEXT;
CREATE UNIQUE INDEX access_log_number ON access_log (number);
CREATE TABLE access_log_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO access_log_head (id, number, hash) VALUES (1, 0, '');

-- Codes on printed questionnaires; only their SHA-256 is stored.
CREATE TABLE paper_codes (
    code_hash TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES tasks (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    withdrawn_at TEXT
);
CREATE INDEX paper_codes_task ON paper_codes (task_id);
-- Who typed in a sheet that was answered on paper; NULL: the respondent.
ALTER TABLE sheets ADD COLUMN entered_by TEXT REFERENCES people (id);
-- When its answers were erased: the empty sheet still counts as submitted, so that no number that grows or
-- shrinks by one tells whether a person had answered; figures are never made of it.
ALTER TABLE sheets ADD COLUMN erased_at TEXT;

-- What a person has asked for and what became of it.
CREATE TABLE erasure_requests (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    asked_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'taken-back')),
    finished_at TEXT
);
CREATE INDEX erasure_requests_organisation ON erasure_requests (organisation_id, state);

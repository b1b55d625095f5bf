-- Who administers an organisation. A grant that is ended stays, so that the past can be told.
CREATE TABLE administrators (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    granted_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE UNIQUE INDEX administrators_in_force ON administrators (organisation_id, person_id)
    WHERE ended_at IS NULL;
CREATE INDEX administrators_person ON administrators (person_id);

-- Links that sign a person in: once, and not for long. Links to questionnaires are link_tokens.
CREATE TABLE sign_in_links (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
);
CREATE INDEX sign_in_links_person ON sign_in_links (person_id);
CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);

-- Sessions of people, not limited to a task. Those of a task are sessions.
CREATE TABLE person_sessions (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    language TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX person_sessions_person ON person_sessions (person_id, created_at);
CREATE INDEX person_sessions_seen ON person_sessions (seen_at);

-- What the sheets of a closed wave tell about the measurement: made once, at the first look; an empty
-- short_form is the full form.
CREATE TABLE measurements (
    wave_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    perspective TEXT NOT NULL,
    short_form TEXT NOT NULL,
    method TEXT NOT NULL,
    made_of TEXT NOT NULL,
    measurement TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (wave_id, content_hash, perspective, short_form),
    FOREIGN KEY (wave_id, content_hash) REFERENCES wave_questionnaires (wave_id, content_hash)
);

-- A local precision record as an administrator has published it. Its figures in force stand in
-- precision_records, those measured here in publication.
CREATE TABLE precision_publications (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    content_hash TEXT NOT NULL,
    perspective TEXT NOT NULL,
    record_id TEXT NOT NULL,
    publication TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES people (id),
    withdrawn_at TEXT,
    withdrawn_by TEXT REFERENCES people (id),
    FOREIGN KEY (content_hash, perspective, record_id)
        REFERENCES precision_records (content_hash, perspective, id)
);
CREATE INDEX precision_publications_newest
    ON precision_publications (organisation_id, content_hash, perspective, published_at);

CREATE TABLE norms (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    content_hash TEXT NOT NULL REFERENCES questionnaire_versions (content_hash),
    perspective TEXT NOT NULL,
    version INTEGER NOT NULL,
    norms TEXT NOT NULL,
    built_at TEXT NOT NULL,
    built_by TEXT NOT NULL REFERENCES people (id),
    UNIQUE (organisation_id, content_hash, perspective, version)
);

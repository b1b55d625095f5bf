-- Ids are time-sortable text made in Python; times are UTC ISO-8601 text of one width; structured values
-- are JSON text; yes/no is 0/1. BYTEA keeps bytes on both engines (SQLite: no affinity for bytes).

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    settings TEXT NOT NULL
);

CREATE TABLE units (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    parent_id TEXT REFERENCES units (id),
    name TEXT NOT NULL
);
CREATE INDEX units_organisation ON units (organisation_id);
CREATE INDEX units_parent ON units (parent_id);

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    first_name TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    employee_number TEXT,
    language TEXT NOT NULL
);
CREATE UNIQUE INDEX people_number ON people (organisation_id, employee_number);
CREATE INDEX people_email ON people (email);

CREATE TABLE job_areas (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    names TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired_at TEXT
);
CREATE INDEX job_areas_organisation ON job_areas (organisation_id, position);

CREATE TABLE job_roles (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    names TEXT NOT NULL
);

CREATE TABLE job_role_areas (
    job_role_id TEXT NOT NULL REFERENCES job_roles (id),
    job_area_id TEXT NOT NULL REFERENCES job_areas (id),
    PRIMARY KEY (job_role_id, job_area_id)
);

CREATE TABLE memberships (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    unit_id TEXT NOT NULL REFERENCES units (id),
    role TEXT NOT NULL CHECK (role IN ('leader', 'member')),
    job_role_id TEXT REFERENCES job_roles (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT
);
CREATE INDEX memberships_person ON memberships (person_id);
CREATE INDEX memberships_unit ON memberships (unit_id);

CREATE TABLE questionnaire_versions (
    content_hash TEXT PRIMARY KEY,
    questionnaire_id TEXT NOT NULL,
    version TEXT NOT NULL,
    definition TEXT NOT NULL,
    added_at TEXT NOT NULL
);

CREATE TABLE waves (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'testing', 'open', 'closed', 'archived')),
    opens_at TEXT NOT NULL,
    closes_at TEXT,
    job_areas TEXT NOT NULL CHECK (job_areas IN ('given', 'chosen')),
    max_job_areas INTEGER NOT NULL CHECK (max_job_areas >= 1)
);

CREATE TABLE wave_questionnaires (
    wave_id TEXT NOT NULL REFERENCES waves (id),
    content_hash TEXT NOT NULL REFERENCES questionnaire_versions (content_hash),
    PRIMARY KEY (wave_id, content_hash)
);

-- A task: one respondent about one subject with one questionnaire in one wave. Its assignments are the
-- job areas; there is at most one task of a perspective on a subject, but for direct reports.
CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    wave_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    perspective TEXT NOT NULL CHECK (perspective IN ('self', 'manager', 'direct-report')),
    respondent_id TEXT NOT NULL REFERENCES people (id),
    subject_id TEXT NOT NULL REFERENCES people (id),
    FOREIGN KEY (wave_id, content_hash) REFERENCES wave_questionnaires (wave_id, content_hash),
    UNIQUE (wave_id, content_hash, perspective, respondent_id, subject_id)
);
CREATE UNIQUE INDEX tasks_one_view ON tasks (wave_id, content_hash, subject_id, perspective)
    WHERE perspective <> 'direct-report';
CREATE INDEX tasks_respondent ON tasks (respondent_id);
CREATE INDEX tasks_subject ON tasks (subject_id);

CREATE TABLE assignments (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES tasks (id),
    position INTEGER NOT NULL,
    job_area_id TEXT REFERENCES job_areas (id),
    short_form TEXT,
    UNIQUE (task_id, position),
    UNIQUE (task_id, job_area_id)
);

CREATE TABLE sheets (
    id TEXT PRIMARY KEY,
    assignment_id TEXT NOT NULL UNIQUE REFERENCES assignments (id),
    language TEXT,
    started_at TEXT,
    submitted_at TEXT,
    revision INTEGER NOT NULL
);

CREATE TABLE answers (
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    item_id TEXT NOT NULL,
    position INTEGER,
    text TEXT,
    revision INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (sheet_id, item_id),
    CHECK (position IS NULL OR text IS NULL)
);

CREATE TABLE precision_records (
    content_hash TEXT NOT NULL REFERENCES questionnaire_versions (content_hash),
    perspective TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('provisional', 'local')),
    figures TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (content_hash, perspective, id)
);

CREATE TABLE profiles (
    id TEXT PRIMARY KEY,
    sheet_id TEXT NOT NULL REFERENCES sheets (id),
    content_hash TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    perspective TEXT NOT NULL,
    record_id TEXT NOT NULL,
    profile TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (sheet_id, engine_version, record_id),
    FOREIGN KEY (content_hash, perspective, record_id)
        REFERENCES precision_records (content_hash, perspective, id)
);

-- Every decision is kept; the latest of a task and person is in force, whatever the clocks said.
CREATE TABLE shares (
    task_id TEXT NOT NULL REFERENCES tasks (id),
    with_id TEXT NOT NULL REFERENCES people (id),
    revision INTEGER NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (task_id, with_id, revision)
);

CREATE TABLE link_tokens (
    token_hash TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES tasks (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    first_used_at TEXT
);
CREATE INDEX link_tokens_expiry ON link_tokens (expires_at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES tasks (id),
    language TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX sessions_task ON sessions (task_id, created_at);
CREATE INDEX sessions_seen ON sessions (seen_at);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    lease_id TEXT,
    lease_until TEXT,
    error TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT,
    UNIQUE (kind, subject)
);
CREATE INDEX jobs_due ON jobs (state, due_at);

CREATE TABLE documents (
    task_id TEXT NOT NULL REFERENCES tasks (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    made_of TEXT NOT NULL,
    content BYTEA NOT NULL,
    sha256 TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (task_id, kind, language)
);

-- Who saw or did what, append-only, by opaque ids, never an answer.
CREATE TABLE access_log (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    object_id TEXT NOT NULL,
    about_id TEXT NOT NULL
);
CREATE INDEX access_log_about ON access_log (about_id, at);
CREATE INDEX access_log_actor ON access_log (actor_id, object_id, action, at);

-- Who may see what: API keys, what belongs to which collection, and the log of
-- administrative acts.
--
-- Collections are named here, as in the settings of Slack, and not referred to: a key may
-- be for a collection that has no transcripts yet. Whoever renames a collection renames it
-- here too.

-- +goose Up
CREATE TABLE keys (
    id           uuid        PRIMARY KEY,
    prefix       text        NOT NULL UNIQUE, -- with which the key begins; no secret
    hash         bytea       NOT NULL,        -- SHA-256 of the key, which is 256 random bits: no slow hash is needed
    name         text        NOT NULL,
    scopes       text[]      NOT NULL,
    collections  text[]      NOT NULL,        -- names; {*}: all
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,                 -- to the minute
    revoked_at   timestamptz                  -- a key is never deleted: that there was one means that everybody needs one
);

-- Browsers that are signed in, each by a key with which the session ends.
CREATE TABLE sessions (
    hash       bytea       PRIMARY KEY, -- SHA-256 of what the browser has
    key_id     uuid        NOT NULL REFERENCES keys ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_key ON sessions (key_id);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

-- What was changed or removed, by whom. It outlives what it is about.
CREATE TABLE audit (
    id      uuid        PRIMARY KEY, -- UUIDv7: the order
    at      timestamptz NOT NULL DEFAULT now(),
    by      text        NOT NULL, -- the id of a key; or operator, who runs the program, or slack
    act     text        NOT NULL,
    subject text        NOT NULL
);

-- The collection that an answer was made from. Where it is null, only those see the answer
-- who see everything: programs from before keys leave it out.
ALTER TABLE answers ADD COLUMN collection text;
UPDATE answers SET collection = coalesce(nullif(answer->'filter'->>'collection', ''), 'default');
CREATE INDEX answers_collection ON answers (collection);

-- A conversation belongs to the collections of its answers; one without answers to those
-- that whoever began it may see: null for all.
ALTER TABLE conversations ADD COLUMN collections text[];

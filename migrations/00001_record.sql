-- The record: collections of transcripts and their turns.
--
-- Every key of the record begins with collection_id, and ids are UUIDv7 made by
-- the program, so that no sequence is shared between collections: the same schema
-- can be distributed by collection over machines, or partitioned by hash on one.

-- +goose Up
CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE collections (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    passages   bigint      NOT NULL DEFAULT 0, -- how many there are: the N of BM25
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One row is one version of a transcript. A file that is stored again after it was
-- edited supersedes the version before: that one leaves the indexes and the
-- directory of speakers, and stays readable, because answers point at its words.
CREATE TABLE transcripts (
    collection_id uuid        NOT NULL REFERENCES collections,
    id            uuid        NOT NULL,
    sha256        bytea       NOT NULL, -- of the file as it was given
    filename      text,
    title         text,
    date          date,
    place         text,
    format        text        NOT NULL,
    language      text,
    speakers      jsonb       NOT NULL,
    warnings      text[]      NOT NULL,
    turn_count    int         NOT NULL,
    text          text        NOT NULL, -- canonical: every offset counts code points in it
    created_at    timestamptz NOT NULL DEFAULT now(),
    document      uuid        NOT NULL, -- what the versions of a transcript share: the id of the first
    version       int         NOT NULL DEFAULT 1,
    superseded    boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (collection_id, id),
    -- collection_id comes last here. The foreign keys below look up each row of a load
    -- by (collection_id, id); while the table is small, the planner may do that through
    -- any index that begins with collection_id, and it keeps the plan when the table has
    -- grown: every row then reads through all transcripts of the collection.
    UNIQUE (document, version, collection_id)
);

-- Permalinks carry the transcript's id alone.
CREATE INDEX transcripts_id ON transcripts (id);

-- The same file is stored once; but whoever takes an edit back stores the old file again.
CREATE UNIQUE INDEX transcripts_sha256 ON transcripts (collection_id, sha256) WHERE NOT superseded;
CREATE INDEX transcripts_filename ON transcripts (collection_id, filename) WHERE NOT superseded;

-- To compress the texts by Postgres's own method took as long as to write the turns.
-- LZ4 is many times faster; Postgres can be built without it.
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE transcripts ALTER COLUMN text SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END $$;
-- +goose StatementEnd

CREATE TABLE turns (
    collection_id uuid   NOT NULL,
    transcript_id uuid   NOT NULL,
    turn          int    NOT NULL, -- position in the transcript, from 0
    label         text,
    speaker       text,
    affiliation   text,
    role          text   NOT NULL,
    answers       int,             -- the question turn that an answer answers
    start_char    int    NOT NULL,
    end_char      int    NOT NULL,
    start_ms      bigint,
    end_ms        bigint,
    text          text   NOT NULL, -- the span of the canonical text, kept here so that a hit is one row
    PRIMARY KEY (collection_id, transcript_id, turn),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE
);

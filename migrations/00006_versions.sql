-- Versions of a transcript. A file that is stored again after it was edited
-- replaces the version before: that one leaves the indexes and the directory of
-- speakers, and stays readable, because answers point at its words.

-- +goose Up
ALTER TABLE transcripts
    ADD COLUMN document   uuid, -- what the versions of a transcript share: the id of the first
    ADD COLUMN version    int     NOT NULL DEFAULT 1,
    ADD COLUMN superseded boolean NOT NULL DEFAULT false;

UPDATE transcripts SET document = id;

ALTER TABLE transcripts
    ALTER COLUMN document SET NOT NULL,
    ADD UNIQUE (collection_id, document, version),
    DROP CONSTRAINT transcripts_collection_id_sha256_key;

-- The same file is stored once; but who takes an edit back stores the old file again.
CREATE UNIQUE INDEX transcripts_sha256 ON transcripts (collection_id, sha256) WHERE NOT superseded;
CREATE INDEX transcripts_filename ON transcripts (collection_id, filename) WHERE NOT superseded;

-- +goose Down
DELETE FROM transcripts WHERE superseded;
DROP INDEX transcripts_filename;
DROP INDEX transcripts_sha256;
ALTER TABLE transcripts
    ADD UNIQUE (collection_id, sha256),
    DROP COLUMN document,
    DROP COLUMN version,
    DROP COLUMN superseded;

-- The files of transcripts as they came, so that they can be given back, and read again
-- by a parser that has become better.
--
-- A file is kept once in a collection, which is the unit of sharding and of permission:
-- the versions of a transcript that were made of the same file share it. It goes with
-- the last of them. There is no foreign key, since transcripts that were stored before
-- have no file.

-- +goose Up
CREATE TABLE originals (
    collection_id uuid  NOT NULL,
    sha256        bytea NOT NULL, -- of the file as it came
    file          bytea NOT NULL, -- gzip, by the program
    PRIMARY KEY (collection_id, sha256)
);

-- Postgres shall not try to compress it once more.
ALTER TABLE originals ALTER COLUMN file SET STORAGE EXTERNAL;

-- What the file was read with besides its bytes and its name: content_type, format,
-- title, date, those that there were.
ALTER TABLE transcripts ADD COLUMN reading jsonb NOT NULL DEFAULT '{}';

-- Whether a file is still needed: superseded versions need theirs, too. As in the table's
-- other indexes over all rows, collection_id comes last.
CREATE INDEX transcripts_original ON transcripts (sha256, collection_id);

-- A transcript is stored before its passages are embedded; words find them at once. What
-- is to be embedded are the passages that have no vector of the model that serves. The mark
-- says of which transcripts some may be missing, so that not the whole record is looked
-- through for them.

-- +goose Up
ALTER TABLE transcripts ADD COLUMN pending boolean NOT NULL DEFAULT false;
CREATE INDEX transcripts_pending ON transcripts (id) WHERE pending AND NOT superseded;

-- Passages that a model cannot embed, as its server said. They are tried again by a reindex.
CREATE TABLE unembeddable (
    model_id      smallint NOT NULL REFERENCES embedding_models ON DELETE CASCADE,
    collection_id uuid     NOT NULL,
    transcript_id uuid     NOT NULL,
    passage       int      NOT NULL,
    reason        text     NOT NULL,
    PRIMARY KEY (collection_id, transcript_id, passage, model_id),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE
);

-- It kept the vectors of files that were not stored yet.
DROP TABLE embedding_cache;

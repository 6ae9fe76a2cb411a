-- The vectors of the sentences of passages, of the same pass of an encoder over the
-- passage as the vector of the passage itself. A search reads them of the turns that it
-- has found; no index is searched by them.
--
-- They have a table of their own, so that the rows that the HNSW index leads to stay
-- small. With 384 dimensions a sentence takes 396 bytes; a million passages of 3.9
-- sentences took 1,696 bytes each here and 68 in the key. A row stays in one piece as long
-- as it fits a page.
--
-- There is one row for each passage of a model that gives vectors of sentences, also where
-- a passage has no sentence: what has no row is still to be embedded. Where a row is there
-- the passage's vector is, too.

-- +goose Up
CREATE TABLE sentence_vectors (
    model_id      smallint NOT NULL,
    collection_id uuid     NOT NULL,
    transcript_id uuid     NOT NULL,
    turn          int      NOT NULL,
    passage       int      NOT NULL,
    -- For each sentence, in order: start and end (int4, code points of the canonical
    -- text), scale (float4), and a byte for each dimension (int1, in two's complement),
    -- all with the highest byte first. The scale times the bytes is the unit vector.
    sentences     bytea    NOT NULL,
    -- The turn comes before the passage, so that the key finds the passages of a turn.
    PRIMARY KEY (collection_id, transcript_id, turn, passage, model_id),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);

-- Bytes that are noise cannot be compressed.
ALTER TABLE sentence_vectors ALTER COLUMN sentences SET STORAGE EXTERNAL;

-- Those of the cache count code points from the beginning of the passage.
ALTER TABLE embedding_cache ADD COLUMN sentences bytea;
ALTER TABLE embedding_cache ALTER COLUMN sentences SET STORAGE EXTERNAL;

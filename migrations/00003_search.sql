-- The two indexes over the passages of the transcripts.
--
-- What a search filters by – speaker, role, date – is copied onto the rows of both:
-- a join would have to read the turns of every candidate. Those columns have
-- indexes of their own. Where a filter leaves few passages, those are counted and
-- read through them and compared one by one: that is exact, and takes 0.4 ms where
-- the HNSW index takes 30 ms to come upon a rare speaker's vectors among 30,000,
-- and gives up early among many more.
--
-- Ranking reads weights and vectors row by row. They stay in the row as long as it
-- fits a page (toast_tuple_target): by default they leave it from 2 kB, which is 200
-- words or 1,000 dimensions.

-- +goose Up

-- The lexical index. A passage is a sparse vector of BM25 weights over lexemes
-- (hashes of normalised words, made by the program): the part of BM25 that depends
-- on the passage alone. Its inner product with the query's inverse document
-- frequencies is the BM25 score. The GIN index over the lexemes finds the candidates.
CREATE TABLE passages (
    collection_id uuid      NOT NULL,
    transcript_id uuid      NOT NULL,
    passage       int       NOT NULL, -- position in the transcript, from 0
    turn          int       NOT NULL,
    start_char    int       NOT NULL,
    end_char      int       NOT NULL,
    speaker       text,
    role          text      NOT NULL,
    date          date,
    lexemes       int[]     NOT NULL,
    weights       sparsevec NOT NULL,
    PRIMARY KEY (collection_id, transcript_id, passage),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);

CREATE INDEX passages_lexemes ON passages USING gin (lexemes);
CREATE INDEX passages_speaker ON passages (collection_id, speaker);
CREATE INDEX passages_role ON passages (collection_id, role);
CREATE INDEX passages_date ON passages (collection_id, date);

-- In how many passages of the collection a lexeme occurs: the n of BM25.
--
-- It has no foreign key to collections: frequencies are only written under the lock
-- of the collection's row, which is never deleted, and to look that row up for each
-- new lexeme took longer than to count it.
--
-- A load counts up most rows at once. The fillfactor leaves room in each page for a
-- second version of all of its rows: then counting touches no index and leaves
-- nothing behind.
CREATE TABLE lexeme_frequencies (
    collection_id uuid NOT NULL,
    lexeme        int  NOT NULL,
    passages      int  NOT NULL,
    PRIMARY KEY (collection_id, lexeme)
) WITH (fillfactor = 45);

-- The semantic index. Vectors of different models are never compared, so a model
-- has an id, and an HNSW index over its own vectors only. The program makes that
-- index when the model has enough vectors: its expression contains the dimension.
CREATE TABLE embedding_models (
    id         smallint    PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name       text        NOT NULL,
    dimensions int         NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Whose vectors are searched. A change of model embeds the record anew beside the
    -- vectors that serve, and then moves the mark: before and after it a search is
    -- complete.
    serving    boolean     NOT NULL DEFAULT false,
    UNIQUE (name, dimensions)
);

-- One model serves at the most.
CREATE UNIQUE INDEX embedding_models_serving ON embedding_models (serving) WHERE serving;

-- It has no foreign key to embedding_models: whoever stores vectors holds the row of
-- their model, and to look it up for each vector took a tenth of the time to store it.
CREATE TABLE embeddings (
    model_id      smallint NOT NULL,
    collection_id uuid     NOT NULL,
    transcript_id uuid     NOT NULL,
    passage       int      NOT NULL,
    turn          int      NOT NULL,
    speaker       text,
    role          text     NOT NULL,
    date          date,
    embedding     halfvec  NOT NULL, -- half precision: half the memory, the same recall
    PRIMARY KEY (collection_id, transcript_id, passage, model_id),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);

CREATE INDEX embeddings_speaker ON embeddings (collection_id, speaker);
CREATE INDEX embeddings_role ON embeddings (collection_id, role);
CREATE INDEX embeddings_date ON embeddings (collection_id, date);

-- Vectors that have been paid for and belong to no transcript yet: those of a file
-- that is too large to be embedded in one request, until it is stored. When that
-- breaks off, the next try finds them here. In the steady state there are none.
CREATE TABLE embedding_cache (
    model_id   smallint    NOT NULL REFERENCES embedding_models ON DELETE CASCADE,
    sha256     bytea       NOT NULL, -- of the text that was embedded
    embedding  halfvec     NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (model_id, sha256)
);

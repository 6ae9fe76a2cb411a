-- The record: collections of transcripts, their turns, and the two indexes over
-- their passages.
--
-- Every key of the record begins with collection_id and ids are UUIDv7 made by
-- the program, so that no sequence is shared between collections: the same
-- schema can be distributed by collection over machines, or partitioned by hash
-- on one.

-- +goose Up
CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE collections (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    passages   bigint      NOT NULL DEFAULT 0, -- how many there are: the N of BM25
    created_at timestamptz NOT NULL DEFAULT now()
);

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
    PRIMARY KEY (collection_id, id),
    UNIQUE (collection_id, sha256) -- the same file is stored once
);

-- Permalinks carry the transcript's id alone.
CREATE INDEX transcripts_id ON transcripts (id);

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

-- Whether a name is still in use when a transcript goes.
CREATE INDEX turns_speaker ON turns (collection_id, speaker);

-- The names of a collection, so that a filter by a part of a name resolves
-- without reading the turns. The words are folded by the program: what lower()
-- does depends on the server's locale.
CREATE TABLE speakers (
    collection_id uuid   NOT NULL REFERENCES collections,
    name          text   NOT NULL,
    words         text[] NOT NULL, -- of the name, in order, without case and diacritics
    PRIMARY KEY (collection_id, name)
);

-- The lexical index. A passage is a sparse vector of BM25 weights over lexemes
-- (hashes of normalised words, made by the program): the part of BM25 that
-- depends on the passage alone. Its inner product with the query's inverse
-- document frequencies is the BM25 score. The GIN index over the lexemes finds
-- the candidates. What a search filters by is copied onto the row: a join would
-- have to read the turns of every candidate.
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
);

CREATE INDEX passages_lexemes ON passages USING gin (lexemes);

-- In how many passages of the collection a lexeme occurs: the n of BM25.
CREATE TABLE lexeme_frequencies (
    collection_id uuid NOT NULL REFERENCES collections,
    lexeme        int  NOT NULL,
    passages      int  NOT NULL,
    PRIMARY KEY (collection_id, lexeme)
) WITH (fillfactor = 80); -- counted up with every transcript: leaves room for updates in place

-- The semantic index. Vectors of different models are never compared, so a
-- model has an id, and an HNSW index over its own vectors only, which is made
-- when the model is first used because its dimension must be known.
CREATE TABLE embedding_models (
    id         smallint    PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name       text        NOT NULL,
    dimensions int         NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (name, dimensions)
);

CREATE TABLE embeddings (
    model_id      smallint NOT NULL REFERENCES embedding_models,
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
);

-- +goose Down
DROP TABLE embeddings, embedding_models, lexeme_frequencies, passages, speakers, turns, transcripts, collections;

-- Which embedding model's vectors are searched. A change of model embeds the
-- record anew beside the vectors that serve, and then moves the mark: before and
-- after it a search is complete.

-- +goose Up
ALTER TABLE embedding_models ADD COLUMN serving boolean NOT NULL DEFAULT false;

-- One at the most.
CREATE UNIQUE INDEX embedding_models_serving ON embedding_models (serving) WHERE serving;

-- Until now each server searched by the model that it was started with. The one
-- with the most vectors finds the most.
UPDATE embedding_models SET serving = true
WHERE id = (SELECT model_id FROM embeddings GROUP BY model_id ORDER BY count(*) DESC, model_id DESC LIMIT 1);

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

-- +goose Down
DROP TABLE embedding_cache;
ALTER TABLE embedding_models DROP COLUMN serving;

-- Loading faster.

-- +goose Up

-- Each row of a load is checked for its transcript. While the table was small the
-- planner took this index for the check, whose first column is the same in all of a
-- collection, and the plan stayed when it had grown: every row then read through
-- all transcripts of the collection.
ALTER TABLE transcripts
    DROP CONSTRAINT transcripts_collection_id_document_version_key,
    ADD UNIQUE (document, version, collection_id);

-- Who stores vectors holds the row of their model. To look it up for each of them
-- took a tenth of the time to store it.
ALTER TABLE embeddings DROP CONSTRAINT embeddings_model_id_fkey;

-- To compress the texts took as long as to write the turns. LZ4 is many times
-- faster, where the server has it.
-- +goose StatementBegin
DO $$
BEGIN
    ALTER TABLE transcripts ALTER COLUMN text SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END $$;
-- +goose StatementEnd

-- +goose Down
ALTER TABLE transcripts ALTER COLUMN text SET COMPRESSION default;
ALTER TABLE embeddings ADD FOREIGN KEY (model_id) REFERENCES embedding_models;
ALTER TABLE transcripts
    DROP CONSTRAINT transcripts_document_version_collection_id_key,
    ADD UNIQUE (collection_id, document, version);

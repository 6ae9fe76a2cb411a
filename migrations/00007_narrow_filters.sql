-- Filters that leave few passages: those are counted and read through an index of
-- what is filtered by, exactly, where the index of the vectors would wander
-- through rows that the filter discards. Vectors have an index of speakers already.

-- +goose Up
CREATE INDEX passages_speaker ON passages (collection_id, speaker);
CREATE INDEX passages_role ON passages (collection_id, role);
CREATE INDEX passages_date ON passages (collection_id, date);
CREATE INDEX embeddings_role ON embeddings (collection_id, role);
CREATE INDEX embeddings_date ON embeddings (collection_id, date);

-- Ranking reads weights and vectors row by row: they stay in the row as long as it
-- fits a page. By default they leave it from 2 kB, which is 200 words or 1,000
-- dimensions.
ALTER TABLE passages SET (toast_tuple_target = 8160);
ALTER TABLE embeddings SET (toast_tuple_target = 8160);

-- +goose Down
ALTER TABLE embeddings RESET (toast_tuple_target);
ALTER TABLE passages RESET (toast_tuple_target);
DROP INDEX embeddings_date, embeddings_role, passages_date, passages_role, passages_speaker;

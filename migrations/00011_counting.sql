-- Counting faster.

-- +goose Up

-- The frequencies of a collection are only written under the lock of its row, which
-- is never deleted: to look that row up for each new lexeme took longer than to
-- count it.
ALTER TABLE lexeme_frequencies DROP CONSTRAINT lexeme_frequencies_collection_id_fkey;

-- A load counts up most rows at once. Where a page has room for a second version of
-- all of its rows, that touches no index and leaves nothing behind.
ALTER TABLE lexeme_frequencies SET (fillfactor = 45);

-- +goose Down
ALTER TABLE lexeme_frequencies SET (fillfactor = 80);
ALTER TABLE lexeme_frequencies ADD FOREIGN KEY (collection_id) REFERENCES collections;

-- What people mended by hand, as a list of operations in the order in which they were
-- made (package correction). Each version of a transcript has those that it was made
-- with, so that the next reading can be mended likewise.

-- +goose Up
ALTER TABLE transcripts ADD COLUMN corrections jsonb NOT NULL DEFAULT '[]';

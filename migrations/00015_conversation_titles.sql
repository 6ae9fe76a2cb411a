-- What a person calls a conversation. Where nobody has named one, lists show its first
-- question instead.

-- +goose Up
ALTER TABLE conversations ADD COLUMN title text;

-- The mark with which an earlier turn opened the quotation that a turn goes on with; null
-- where it goes on with none, as nearly all do. The turn's own words do not tell it.

-- +goose Up
ALTER TABLE turns ADD COLUMN continues text;

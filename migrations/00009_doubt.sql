-- Why a turn's speaker or its boundary is uncertain, in a few words; null where it is
-- certain, which nearly all are. Whoever quotes the turn has to say it, so that it stands
-- with the turn.

-- +goose Up
ALTER TABLE turns ADD COLUMN doubt text;

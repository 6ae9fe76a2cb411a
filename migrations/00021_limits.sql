-- What a key may take, and which programs a schema is for.

-- +goose Up
ALTER TABLE keys
    ADD COLUMN rate          integer CHECK (rate > 0),   -- requests a minute; null: as many as it likes
    ADD COLUMN budget        bigint  CHECK (budget > 0), -- tokens of the chat model in each period; null: likewise
    ADD COLUMN budget_period text    CHECK (budget_period IN ('day', 'month')),
    ADD CHECK ((budget IS NULL) = (budget_period IS NULL));

-- When each key that has a rate would have sent its requests so far at that rate: the
-- "theoretical arrival time" of the generic cell rate algorithm, one row that every request
-- writes. A crash may forget it, so it is written without a log, and nobody waits for a disk.
CREATE UNLOGGED TABLE key_rates (
    key_id uuid        PRIMARY KEY REFERENCES keys ON DELETE CASCADE,
    due    timestamptz NOT NULL
) WITH (fillfactor = 50); -- new versions of a row find room beside it

-- The tokens of the chat model that a key has used, by periods.
CREATE TABLE key_tokens (
    key_id uuid   NOT NULL REFERENCES keys ON DELETE CASCADE,
    begins date   NOT NULL, -- the first day of the period, in UTC
    tokens bigint NOT NULL, -- with what calls that run may take
    PRIMARY KEY (key_id, begins)
);

-- The oldest program that may use this schema, by the number of its newest migration. A
-- migration that only adds leaves it as it is, so that programs from before it go on beside
-- newer ones; one that takes away what they use raises it.
CREATE TABLE compatibility (
    least_schema bigint NOT NULL
);
INSERT INTO compatibility VALUES (20);

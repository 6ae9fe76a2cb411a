-- Which primary the record's history is of.

-- +goose Up
-- One row, which a primary that finds another timeline in it than its own replaces: after a
-- promotion, or where a cluster was put back to an earlier time. A standby that has replayed it
-- has the history of that primary, so that its position in the log can be compared with the
-- primary's. Of one that went on from where the primary never was the numbers of the log's bytes
-- tell nothing.
CREATE TABLE lineage (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    timeline integer NOT NULL, -- the primary's, as Postgres counts promotions
    id       uuid    NOT NULL DEFAULT gen_random_uuid()
);

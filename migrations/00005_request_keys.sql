-- Requests that are repeated. A client that lost a response repeats its request
-- under the same Idempotency-Key. What the request makes has its id from here,
-- before it is made, so that it is made once; a key is forgotten after a day.

-- +goose Up
CREATE TABLE request_keys (
    key        text        PRIMARY KEY,
    digest     bytea       NOT NULL, -- SHA-256 of the request
    id         uuid        NOT NULL, -- UUIDv7 of what it makes
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX request_keys_created_at ON request_keys (created_at);

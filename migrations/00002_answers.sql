-- Conversations and their answers. An answer is kept whole, as it was given: it
-- must read the same years later, whatever becomes of the transcripts.

-- +goose Up
CREATE TABLE conversations (
    id         uuid        PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE answers (
    conversation_id uuid        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    id              uuid        NOT NULL, -- UUIDv7: the order of the conversation
    answer          jsonb       NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, id)
);

CREATE INDEX answers_id ON answers (id);

-- +goose Down
DROP TABLE answers, conversations;

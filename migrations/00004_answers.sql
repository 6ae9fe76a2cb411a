-- Conversations, their answers, and what readers think of them. An answer is kept
-- whole, as it was given: it must read the same years later, whatever newer versions the
-- transcripts have. What comes of one that is deleted goes with it.

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

-- Each answer, and each citation of it, has one rating, the latest; it goes with its
-- conversation.
CREATE TABLE feedback (
    conversation_id uuid        NOT NULL,
    answer_id       uuid        NOT NULL,
    citation        int         NOT NULL, -- its number; 0 for the answer as a whole
    id              uuid        NOT NULL, -- UUIDv7, another each time that it is rated: the order
    rating          text        NOT NULL CHECK (rating IN ('up', 'down')),
    reason          text,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, answer_id, citation),
    FOREIGN KEY (conversation_id, answer_id) REFERENCES answers ON DELETE CASCADE
);

CREATE INDEX feedback_id ON feedback (id);

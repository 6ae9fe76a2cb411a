-- What readers think of answers. Each answer, and each citation of it, has one
-- rating, the latest; it goes with its conversation.

-- +goose Up
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

-- +goose Down
DROP TABLE feedback;

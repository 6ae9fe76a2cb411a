-- Since when an answer has lacked the words of a deleted transcript: how long such an answer is
-- kept is counted from there. Null where nothing was taken out of it. Of answers from before,
-- which is not known, it is now.

-- +goose Up
ALTER TABLE answers ADD COLUMN redacted_at timestamptz;

UPDATE answers SET redacted_at = now()
WHERE answer->>'notice' = 'A transcript that was found for this answer has been deleted, and with it all that came from there.';

CREATE INDEX answers_redacted_at ON answers (redacted_at) WHERE redacted_at IS NOT NULL;

-- What is older than this.
CREATE INDEX audit_at ON audit (at);

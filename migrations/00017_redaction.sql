-- What comes from a transcript goes with it, out of answers too: the words that they quote,
-- the turns that came nearest, and what a model wrote of it and was withheld. So an answer
-- knows of which transcripts the turns were that were found for it.
--
-- Of answers from before, these are those that they cite or show.

-- +goose Up
ALTER TABLE answers ADD COLUMN transcripts uuid[] NOT NULL DEFAULT '{}';

UPDATE answers SET transcripts = ARRAY(
    SELECT DISTINCT (id #>> '{}')::uuid
    FROM (
        SELECT jsonb_path_query(answer, '$.citations[*].transcript_id')
        UNION ALL SELECT jsonb_path_query(answer, '$.nearest[*].transcript_id')
    ) AS found (id)
);

CREATE INDEX answers_transcripts ON answers USING gin (transcripts);

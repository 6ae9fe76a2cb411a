-- What is embargoed or off the record: transcripts and turns that nobody is shown before a
-- time, 'infinity' for good. They stay stored, and indexed: by the database's clock the
-- next statement after that time has them again, without a job.
--
-- Whoever reads the record for others reads the views open_…, never the tables. A view of
-- one table and a condition is replaced by these in every plan, so that a search uses the
-- same indexes as before. The condition is on each table's own rows: those of the indexes
-- have a copy of the later of the turn's and the transcript's embargo, as they have copies
-- of all that a search filters by.

-- +goose Up
ALTER TABLE transcripts
    ADD COLUMN embargo       timestamptz, -- of the whole, in all versions alike
    ADD COLUMN turns_embargo timestamptz, -- the latest of its turns': rows that are partly closed are told by it
    ADD COLUMN embargoed_at  timestamptz; -- when any of it was last embargoed
ALTER TABLE turns ADD COLUMN embargo timestamptz;
ALTER TABLE passages ADD COLUMN embargo timestamptz;
ALTER TABLE embeddings ADD COLUMN embargo timestamptz;
ALTER TABLE appearances
    ADD COLUMN embargo       timestamptz, -- until which all of its turns are closed
    ADD COLUMN turns_embargo timestamptz; -- until which some are

-- Of what is closed there is little, and it is looked up by these.
CREATE INDEX transcripts_embargo ON transcripts (id) WHERE embargo IS NOT NULL;
CREATE INDEX turns_embargo ON turns (transcript_id) WHERE embargo IS NOT NULL;
CREATE INDEX appearances_embargo ON appearances (collection_id, name) WHERE embargo IS NOT NULL;
CREATE INDEX passages_embargo ON passages (collection_id) WHERE embargo IS NOT NULL;

-- Without statistics the planner takes two thirds of the rows for closed. Of an empty table there
-- is nothing to be known, and the planner would take it for one that stays so.
-- +goose StatementBegin
DO $$ BEGIN
    IF EXISTS (SELECT FROM transcripts) THEN
        ANALYZE transcripts (embargo), turns (embargo), passages (embargo), embeddings (embargo), appearances (embargo);
    END IF;
END $$;
-- +goose StatementEnd

CREATE VIEW open_passages AS
SELECT ctid, collection_id, transcript_id, passage, turn, start_char, end_char, speaker, role, date, lexemes, weights
FROM passages WHERE embargo IS NULL OR embargo <= now();

CREATE VIEW open_embeddings AS
SELECT model_id, collection_id, transcript_id, passage, turn, speaker, role, date, embedding
FROM embeddings WHERE embargo IS NULL OR embargo <= now();

-- Turns are always read with their transcript, which has an embargo of its own.
CREATE VIEW open_turns AS
SELECT collection_id, transcript_id, turn, label, speaker, affiliation, role, answers, start_char, end_char, start_ms, end_ms, text, doubt, continues, cues
FROM turns WHERE embargo IS NULL OR embargo <= now();

-- A name in a transcript, with what stands in its open turns.
CREATE VIEW open_appearances AS
SELECT a.collection_id, a.transcript_id, a.name, a.speaker_id,
    CASE WHEN a.turns_embargo > now() THEN (
        SELECT count(*)::int FROM open_turns t
        WHERE t.collection_id = a.collection_id AND t.transcript_id = a.transcript_id AND t.speaker = a.name
    ) ELSE a.turns END AS turns,
    CASE WHEN a.turns_embargo > now() THEN ARRAY(
        SELECT DISTINCT t.affiliation FROM open_turns t
        WHERE t.collection_id = a.collection_id AND t.transcript_id = a.transcript_id AND t.speaker = a.name AND t.affiliation IS NOT NULL
    ) ELSE a.affiliations END AS affiliations,
    CASE WHEN a.turns_embargo > now() THEN ARRAY(
        SELECT DISTINCT t.label FROM open_turns t
        WHERE t.collection_id = a.collection_id AND t.transcript_id = a.transcript_id AND t.speaker = a.name AND t.label IS NOT NULL
    ) ELSE a.labels END AS labels
FROM appearances a WHERE a.embargo IS NULL OR a.embargo <= now();

-- Names and speakers of whom nothing is closed, or something open. What is closed comes
-- first: there is little of it, and where there is none, what is open is not looked for.
CREATE VIEW open_speaker_names AS
SELECT n.collection_id, n.name, n.words, n.speaker_id
FROM speaker_names n
WHERE (n.collection_id, n.name) NOT IN (SELECT a.collection_id, a.name FROM appearances a WHERE a.embargo > now())
OR EXISTS (SELECT FROM open_appearances a WHERE a.collection_id = n.collection_id AND a.name = n.name);

CREATE VIEW open_speakers AS
SELECT s.collection_id, s.id, s.name, s.words
FROM speakers s
WHERE (s.collection_id, s.id) NOT IN (
    SELECT a.collection_id, coalesce(a.speaker_id, n.speaker_id)
    FROM appearances a JOIN speaker_names n ON n.collection_id = a.collection_id AND n.name = a.name
    WHERE a.embargo > now()
)
OR EXISTS (SELECT FROM open_speaker_names n WHERE n.collection_id = s.collection_id AND n.speaker_id = s.id)
OR EXISTS (SELECT FROM open_appearances a WHERE a.collection_id = s.collection_id AND a.speaker_id = s.id);

-- A text with blanks for the turns that are closed, and for what is printed before them,
-- their labels. Lines and offsets stay.
-- +goose StatementBegin
CREATE FUNCTION open_text(text text, collection uuid, transcript uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    closed record;
BEGIN
    FOR closed IN
        SELECT s.first, s.past FROM (
            SELECT embargo, coalesce(lag(end_char) OVER (ORDER BY turn), 0) AS first, end_char AS past
            FROM turns WHERE collection_id = collection AND transcript_id = transcript
        ) AS s WHERE s.embargo > now()
    LOOP
        text := overlay(text PLACING regexp_replace(substr(text, closed.first + 1, closed.past - closed.first), '[^\n]', ' ', 'g')
            FROM closed.first + 1 FOR closed.past - closed.first);
    END LOOP;
    RETURN text;
END $$;
-- +goose StatementEnd

CREATE VIEW open_transcripts AS
SELECT t.collection_id, t.id, t.sha256, t.filename, t.title, t.date, t.place, t.format, t.language, t.created_at, t.document, t.version,
    t.superseded, t.reading, t.pending, t.media,
    coalesce(t.turns_embargo > now(), false) AS partly,
    NULL::timestamptz AS embargo, NULL::timestamptz AS turns_embargo, -- nobody is told of one
    CASE WHEN t.turns_embargo > now() THEN coalesce((
        SELECT jsonb_agg(jsonb_set(s, '{labels}', coalesce((
            SELECT jsonb_agg(l) FROM jsonb_array_elements(s -> 'labels') l
            WHERE (l #>> '{}') IN (SELECT o.label FROM open_turns o WHERE o.collection_id = t.collection_id AND o.transcript_id = t.id)), '[]')) ORDER BY position)
        FROM jsonb_array_elements(t.speakers) WITH ORDINALITY AS listed (s, position)
        WHERE s ->> 'name' IN (SELECT o.speaker FROM open_turns o WHERE o.collection_id = t.collection_id AND o.transcript_id = t.id)
    ), '[]') ELSE t.speakers END AS speakers,
    CASE WHEN t.turns_embargo > now() THEN (
        SELECT count(*)::int FROM open_turns o WHERE o.collection_id = t.collection_id AND o.transcript_id = t.id
    ) ELSE t.turn_count END AS turn_count,
    -- Both quote the turns that they are about.
    CASE WHEN t.turns_embargo > now() THEN '{}' ELSE t.warnings END AS warnings,
    CASE WHEN t.turns_embargo > now() THEN '[]' ELSE t.corrections END AS corrections,
    CASE WHEN t.turns_embargo > now() THEN open_text(t.text, t.collection_id, t.id) ELSE t.text END AS text
FROM transcripts t WHERE t.embargo IS NULL OR t.embargo <= now();

-- What is closed: the whole of a transcript, where turn is null, or a turn.
CREATE VIEW closed_turns AS
SELECT t.id AS transcript_id, NULL::int AS turn, t.embargoed_at FROM transcripts t WHERE t.embargo > now()
UNION ALL
SELECT u.transcript_id, u.turn, t.embargoed_at
FROM turns u JOIN transcripts t ON t.collection_id = u.collection_id AND t.id = u.transcript_id
WHERE u.embargo > now();

-- An embargo as it is told and given.
CREATE FUNCTION embargo_text(until timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE until WHEN 'infinity' THEN 'for-good' ELSE to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END
$$;

-- What stood in the way of distributing the record by collection over machines, each of which
-- answers for its collections alone.

-- +goose Up

-- How many passages a collection has, the N of BM25, with the frequencies of its lexemes, the n.
-- The row is the lock under which the statistics and the directory of a collection are changed.
-- It stands by itself, since the names of collections and of models have a copy on every machine, and
-- whoever writes to such a table waits for all others who do.
CREATE TABLE passage_counts (
    collection_id uuid   PRIMARY KEY,
    passages      bigint NOT NULL DEFAULT 0
);

INSERT INTO passage_counts (collection_id, passages) SELECT id, passages FROM collections;
ALTER TABLE collections DROP COLUMN passages;

-- Nor can such a table be changed in one transaction with rows that refer to it; and whoever stores
-- would hold the row with the name while waiting for the one with the count, and whoever
-- renames the other way round. Rows of collections are never deleted, and whoever removes a
-- model removes what it could not embed.
ALTER TABLE transcripts DROP CONSTRAINT transcripts_collection_id_fkey;
ALTER TABLE speakers DROP CONSTRAINT speakers_collection_id_fkey;
ALTER TABLE speaker_names DROP CONSTRAINT speaker_names_collection_id_fkey;
ALTER TABLE unembeddable DROP CONSTRAINT unembeddable_model_id_fkey;

-- A statement within a collection runs where the collection is, and so do the functions in it,
-- which cannot read other tables from there. So this one is given what it read.
-- +goose StatementBegin
CREATE FUNCTION open_text(text text, closed int4range[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    span int4range;
BEGIN
    FOREACH span IN ARRAY closed LOOP
        text := overlay(text PLACING regexp_replace(substr(text, lower(span) + 1, upper(span) - lower(span)), '[^\n]', ' ', 'g')
            FROM lower(span) + 1 FOR upper(span) - lower(span));
    END LOOP;
    RETURN text;
END $$;
-- +goose StatementEnd

-- Where a statement names a collection, the planner has to find that each table in it is of that
-- one: it does through joins by collection_id and keys of groups, and not in subqueries that
-- depend on a row. What is partly closed is therefore joined; where no column of it is asked for
-- the join falls away. Of what is closed there is little, and it is looked up by these.
CREATE INDEX transcripts_partly ON transcripts (collection_id, id) WHERE turns_embargo IS NOT NULL;
CREATE INDEX appearances_partly ON appearances (collection_id, transcript_id) WHERE turns_embargo IS NOT NULL;

-- What stands in the open turns of transcripts that are partly closed, and which of their text
-- is closed: each closed turn from the end of the one before, where its label is printed.
CREATE VIEW partly_open AS
SELECT u.collection_id, u.transcript_id,
    count(*) FILTER (WHERE u.open)::int AS turns,
    array_agg(DISTINCT u.speaker) FILTER (WHERE u.open) AS speakers,
    array_agg(DISTINCT u.label) FILTER (WHERE u.open) AS labels,
    coalesce(array_agg(int4range(u.first, u.past)) FILTER (WHERE NOT u.open), '{}') AS closed
FROM (
    SELECT u.collection_id, u.transcript_id, u.speaker, u.label, u.end_char AS past, u.embargo IS NULL OR u.embargo <= now() AS open,
        coalesce(lag(u.end_char) OVER (PARTITION BY u.collection_id, u.transcript_id ORDER BY u.turn), 0) AS first
    FROM transcripts t JOIN turns u ON u.collection_id = t.collection_id AND u.transcript_id = t.id
    WHERE t.turns_embargo > now()
) AS u
GROUP BY u.collection_id, u.transcript_id;

-- The speakers that a transcript lists, without those of whom no turn is open, and without the
-- labels that stand at none.
CREATE FUNCTION open_listing(listed jsonb, speakers text[], labels text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_set(s, '{labels}', coalesce((
        SELECT jsonb_agg(l) FROM jsonb_array_elements(s -> 'labels') l WHERE (l #>> '{}') = ANY (labels)), '[]')) ORDER BY position), '[]')
    FROM jsonb_array_elements(listed) WITH ORDINALITY AS listing (s, position)
    WHERE s ->> 'name' = ANY (speakers)
$$;

CREATE OR REPLACE VIEW open_transcripts AS
SELECT t.collection_id, t.id,
    -- By the hash of a file whoever has all but some words of it could find these by trying.
    CASE WHEN t.turns_embargo > now() THEN decode(repeat('00', 32), 'hex') ELSE t.sha256 END AS sha256,
    t.filename, t.title, t.date, t.place, t.format, t.language, t.created_at, t.document, t.version,
    t.superseded, t.reading, t.pending, t.media,
    coalesce(t.turns_embargo > now(), false) AS partly,
    NULL::timestamptz AS embargo, NULL::timestamptz AS turns_embargo, -- nobody is told of one
    CASE WHEN t.turns_embargo > now() THEN open_listing(t.speakers, o.speakers, o.labels) ELSE t.speakers END AS speakers,
    CASE WHEN t.turns_embargo > now() THEN coalesce(o.turns, 0) ELSE t.turn_count END AS turn_count,
    -- Both quote the turns that they are about.
    CASE WHEN t.turns_embargo > now() THEN '{}' ELSE t.warnings END AS warnings,
    CASE WHEN t.turns_embargo > now() THEN '[]' ELSE t.corrections END AS corrections,
    CASE WHEN t.turns_embargo > now() THEN open_text(t.text, o.closed) ELSE t.text END AS text
FROM transcripts t LEFT JOIN partly_open o ON o.collection_id = t.collection_id AND o.transcript_id = t.id
WHERE t.embargo IS NULL OR t.embargo <= now();

DROP FUNCTION open_text(text, uuid, uuid);

-- A name in a transcript, with what stands in its open turns.
CREATE OR REPLACE VIEW open_appearances AS
SELECT a.collection_id, a.transcript_id, a.name, a.speaker_id,
    CASE WHEN a.turns_embargo > now() THEN coalesce(o.turns, 0) ELSE a.turns END AS turns,
    CASE WHEN a.turns_embargo > now() THEN coalesce(o.affiliations, '{}') ELSE a.affiliations END AS affiliations,
    CASE WHEN a.turns_embargo > now() THEN coalesce(o.labels, '{}') ELSE a.labels END AS labels
FROM appearances a LEFT JOIN (
    SELECT a.collection_id, a.transcript_id, a.name, count(*)::int AS turns,
        array_agg(DISTINCT t.affiliation) FILTER (WHERE t.affiliation IS NOT NULL) AS affiliations,
        array_agg(DISTINCT t.label) FILTER (WHERE t.label IS NOT NULL) AS labels
    FROM appearances a JOIN open_turns t ON t.collection_id = a.collection_id AND t.transcript_id = a.transcript_id AND t.speaker = a.name
    WHERE a.turns_embargo > now()
    GROUP BY a.collection_id, a.transcript_id, a.name
) AS o ON o.collection_id = a.collection_id AND o.transcript_id = a.transcript_id AND o.name = a.name
WHERE a.embargo IS NULL OR a.embargo <= now();

-- Names and speakers of whom nothing is closed, or something open.
CREATE OR REPLACE VIEW open_speaker_names AS
SELECT n.collection_id, n.name, n.words, n.speaker_id
FROM speaker_names n LEFT JOIN (
    SELECT a.collection_id, a.name, bool_or(o.embargo IS NULL OR o.embargo <= now()) AS open
    FROM appearances a JOIN appearances o ON o.collection_id = a.collection_id AND o.name = a.name
    WHERE a.embargo > now()
    GROUP BY a.collection_id, a.name
) AS closed ON closed.collection_id = n.collection_id AND closed.name = n.name
WHERE closed.open IS NOT FALSE;

CREATE OR REPLACE VIEW open_speakers AS
SELECT s.collection_id, s.id, s.name, s.words
FROM speakers s LEFT JOIN (
    SELECT c.collection_id, c.id, bool_or(n.name IS NOT NULL OR a.name IS NOT NULL) AS open
    FROM (
        SELECT DISTINCT a.collection_id, coalesce(a.speaker_id, n.speaker_id) AS id
        FROM appearances a JOIN speaker_names n ON n.collection_id = a.collection_id AND n.name = a.name
        WHERE a.embargo > now()
    ) AS c
    LEFT JOIN open_speaker_names n ON n.collection_id = c.collection_id AND n.speaker_id = c.id
    LEFT JOIN open_appearances a ON a.collection_id = c.collection_id AND a.speaker_id = c.id
    GROUP BY c.collection_id, c.id
) AS closed ON closed.collection_id = s.collection_id AND closed.id = s.id
WHERE closed.open IS NOT FALSE;

-- Older programs count passages where there is nothing to count them in any more.
UPDATE compatibility SET least_schema = 26;

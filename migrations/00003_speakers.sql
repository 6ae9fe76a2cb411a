-- The directory of speakers: the people of a collection, each with the names
-- under which transcripts print them, so that a filter finds a person wherever
-- they speak.
--
-- Who a name stands for is kept once for the collection (speaker_names), and
-- once more only where a user has said that in this transcript it is another's
-- (appearances.speaker_id). The rows of the indexes keep the name that is
-- printed: had they the speaker's id, a merge would have to write anew every
-- passage and vector of the person, and their entries in the HNSW index. As it
-- is, a merge or a split changes a handful of rows, and a search still filters
-- by "speaker = ANY (names)".

-- +goose Up
ALTER TABLE speakers RENAME TO speaker_names;
ALTER INDEX speakers_pkey RENAME TO speaker_names_pkey;

CREATE TABLE speakers (
    collection_id uuid    NOT NULL REFERENCES collections,
    id            uuid    NOT NULL,
    name          text    NOT NULL, -- how the directory calls them
    words         text[]  COLLATE "C" NOT NULL, -- of that name, folded; the order of the directory
    edited        boolean NOT NULL DEFAULT false, -- by a user: stays when its last transcript goes
    PRIMARY KEY (collection_id, id)
);

-- Links and requests carry the speaker's id alone.
CREATE INDEX speakers_id ON speakers (id);
CREATE INDEX speakers_order ON speakers (collection_id, words, id);
CREATE INDEX speakers_words ON speakers USING gin (words);

ALTER TABLE speaker_names
    ALTER COLUMN words TYPE text[] COLLATE "C",
    ADD COLUMN speaker_id uuid, -- whom the name stands for, but for the appearances that say otherwise
    ADD FOREIGN KEY (collection_id, speaker_id) REFERENCES speakers;

CREATE INDEX speaker_names_speaker ON speaker_names (collection_id, speaker_id);
CREATE INDEX speaker_names_words ON speaker_names USING gin (words);

-- A name in a transcript, with what the directory shows of it.
CREATE TABLE appearances (
    collection_id uuid   NOT NULL,
    transcript_id uuid   NOT NULL,
    name          text   NOT NULL,
    speaker_id    uuid,            -- where a user has set this transcript apart; else null
    turns         int    NOT NULL,
    affiliations  text[] NOT NULL,
    labels        text[] NOT NULL, -- printed for the name
    PRIMARY KEY (collection_id, transcript_id, name),
    FOREIGN KEY (collection_id, transcript_id) REFERENCES transcripts ON DELETE CASCADE,
    FOREIGN KEY (collection_id, name) REFERENCES speaker_names,
    FOREIGN KEY (collection_id, speaker_id) REFERENCES speakers
);

CREATE INDEX appearances_name ON appearances (collection_id, name);
CREATE INDEX appearances_apart ON appearances (collection_id, speaker_id) WHERE speaker_id IS NOT NULL;

-- What is there already: an entry for each name, one for those of the same
-- words. The ids are made as the program makes them, UUIDv7.
INSERT INTO speakers (collection_id, id, name, words)
SELECT DISTINCT ON (collection_id, words, CASE WHEN words = '{}' THEN name END)
    collection_id,
    encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
        52, 1), 53, 1), 'hex')::uuid,
    name, words
FROM speaker_names
ORDER BY collection_id, words, CASE WHEN words = '{}' THEN name END, name COLLATE "C" DESC; -- Jane Roe before JANE ROE

UPDATE speaker_names n SET speaker_id = s.id
FROM speakers s
WHERE s.collection_id = n.collection_id AND s.words = n.words AND (n.words <> '{}' OR s.name = n.name);

ALTER TABLE speaker_names ALTER COLUMN speaker_id SET NOT NULL;

INSERT INTO appearances (collection_id, transcript_id, name, turns, affiliations, labels)
SELECT collection_id, transcript_id, speaker, count(*),
    coalesce(array_agg(DISTINCT affiliation) FILTER (WHERE affiliation IS NOT NULL), '{}'),
    coalesce(array_agg(DISTINCT label) FILTER (WHERE label IS NOT NULL), '{}')
FROM turns
WHERE speaker IS NOT NULL
GROUP BY collection_id, transcript_id, speaker;

DROP INDEX turns_speaker; -- whether a name is still in use, the appearances tell

-- The vectors of somebody who speaks rarely are read through this index and
-- compared one by one: exact, and 0.4 ms where the HNSW index takes 30 ms to
-- come upon them among 30,000 (and gives up early among many more).
CREATE INDEX embeddings_speaker ON embeddings (collection_id, speaker);

-- +goose Down
DROP INDEX embeddings_speaker;
CREATE INDEX turns_speaker ON turns (collection_id, speaker);
DROP TABLE appearances;
ALTER TABLE speaker_names DROP COLUMN speaker_id, ALTER COLUMN words TYPE text[];
DROP INDEX speaker_names_words;
DROP TABLE speakers;
ALTER TABLE speaker_names RENAME TO speakers;
ALTER INDEX speaker_names_pkey RENAME TO speakers_pkey;

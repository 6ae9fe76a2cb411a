-- The directory of speakers: the people of a collection, each with the names under
-- which transcripts print them, so that a filter finds a person wherever they speak.
--
-- Whom a name stands for is kept once for the collection (speaker_names), and once
-- more only where a user has said that in this transcript it is another's
-- (appearances.speaker_id). The rows of the indexes keep the name that is printed:
-- had they the speaker's id, a merge would have to write anew every passage and
-- vector of the person, and their entries in the HNSW index. As it is, a merge or a
-- split changes a handful of rows, and a search still filters by
-- "speaker = ANY (names)".
--
-- A filter by a part of a name resolves through the words of names, without reading
-- the turns. The program folds the words: what lower() does depends on the server's
-- locale.

-- +goose Up
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

CREATE TABLE speaker_names (
    collection_id uuid   NOT NULL REFERENCES collections,
    name          text   NOT NULL,
    words         text[] COLLATE "C" NOT NULL, -- of the name, in order, without case and diacritics
    speaker_id    uuid   NOT NULL, -- whom the name stands for, but for the appearances that say otherwise
    PRIMARY KEY (collection_id, name),
    FOREIGN KEY (collection_id, speaker_id) REFERENCES speakers
);

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

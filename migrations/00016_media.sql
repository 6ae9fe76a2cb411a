-- Where a transcript's recording can be heard or seen, and when the words of its turns were
-- said.
--
-- The link belongs to the version, as the title does: whoever changes it makes another.
--
-- The times stand with the turn, for they are read with the turns that a search has found, by
-- the same key, and never searched for: no index has them. A turn whose source has no finer
-- times than its own has null, which takes no room; so do those of transcripts from before,
-- until their files are read again.

-- +goose Up
ALTER TABLE transcripts ADD COLUMN media text;

-- For each cue, in order: how many code points it begins behind the one before (the first:
-- behind the turn's start), how many milliseconds later, and how long it lasts, 0 where the
-- source does not tell; each an unsigned varint. A word takes four or five bytes.
ALTER TABLE turns ADD COLUMN cues bytea;

-- Numbers so packed cannot be compressed.
ALTER TABLE turns ALTER COLUMN cues SET STORAGE EXTERNAL;

-- Lexemes that are heavy in a passage are indexed a second time, with another bit
-- (retrieval.Lexeme.Heavy, retrieval.HeavyWeight): so a search finds those passages of a
-- common word that can be among the best, and need not score all of them. The text of a
-- sparsevec counts its dimensions from 1. Of a million passages this takes minutes.
--
-- What an older program stores beside a newer one lacks them. It is found by its rare words as
-- before, and by a common one alone only where all its passages are scored.

-- +goose Up
UPDATE passages SET lexemes = lexemes || ARRAY(
    SELECT (1 << 30) + split_part(entry, ':', 1)::int - 1
    FROM string_to_table(btrim(split_part(weights::text, '/', 1), '{}'), ',') AS entry
    WHERE split_part(entry, ':', 2)::real >= 1.1);

-- Keys that persons act under whom a proxy or an OpenID Connect provider has signed in. Nobody
-- holds the secret of such a key: its hash is empty, and its prefix is no key's.

-- +goose Up
ALTER TABLE keys ADD COLUMN person text; -- as the proxy or provider names them; *: whoever has no key of their own; null: a key that somebody holds

-- A person's key is the newest. Another is made when that is revoked.
CREATE UNIQUE INDEX keys_person ON keys (person) WHERE revoked_at IS NULL;
CREATE INDEX keys_person_newest ON keys (person, id) WHERE person IS NOT NULL;

ALTER TABLE sessions ADD COLUMN person text; -- who is signed in, where not by a key; then key_id is what they had at the time

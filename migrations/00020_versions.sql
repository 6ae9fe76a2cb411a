-- How often files of a name have been stored in a collection. Whoever stores one has looked
-- before which transcript it is a new version of; by this number it is known whether another
-- of the name came in between. The row is the lock under which files of one name are stored
-- one after the other. Names that nothing was stored under since are not here, and count as 0.

-- +goose Up
CREATE TABLE filenames (
    collection_id uuid   NOT NULL,
    filename      text   NOT NULL,
    stored        bigint NOT NULL,
    PRIMARY KEY (collection_id, filename)
);

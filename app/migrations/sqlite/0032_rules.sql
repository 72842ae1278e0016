-- Rules that a round does without, and boards that are run again in more ways than one.

-- The rules that were turned off, by their keys, and why; empty where all of them hold.
ALTER TABLE matching_round ADD COLUMN rules_off TEXT NOT NULL DEFAULT '[]';
ALTER TABLE matching_round ADD COLUMN rules_off_reason TEXT NOT NULL DEFAULT '';

-- SQLite changes no constraint of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE round_again_before AS SELECT * FROM round_again;
DROP TABLE round_again;

-- A round that was run again from the board of another. Together with its question, seed and steps this is all that its answer follows from.
CREATE TABLE round_again (
    round_id BLOB PRIMARY KEY NOT NULL REFERENCES matching_round (id),
    from_round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- How many changes that board had: as it was then it is run again once in each way.
    from_position INTEGER NOT NULL CHECK (from_position >= 0),
    -- The groups to begin with, in the format of a proposal, and who stays where they are, by their names in it.
    board TEXT NOT NULL,
    pins TEXT NOT NULL,
    -- Who was asked to stay: everybody who has a place, or whoever is pinned and nobody else.
    stay TEXT NOT NULL CHECK (stay IN ('everybody', 'pinned')),
    -- The weights of the score where they are others than in that round; empty where they are the same.
    weights TEXT NOT NULL,
    UNIQUE (from_round_id, from_position, stay, weights)
) STRICT;

INSERT INTO round_again (round_id, from_round_id, from_position, board, pins, stay, weights)
SELECT round_id, from_round_id, from_position, board, pins, 'pinned', ''
FROM round_again_before;
DROP TABLE round_again_before;

-- Whoever is placed in no group for now. Deliberately without a reason, which stands with the concern.
CREATE TABLE safety_hold (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    held_by BLOB NOT NULL REFERENCES person (id),
    held_at TEXT NOT NULL,
    lifted_by BLOB REFERENCES person (id),
    lifted_at TEXT,
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;

-- Somebody is held once at a time.
CREATE UNIQUE INDEX safety_hold_open ON safety_hold (person_id) WHERE lifted_at IS NULL;
CREATE INDEX safety_hold_of_person ON safety_hold (person_id);

-- What a round would give if something were otherwise. It is worked on like a round, has a number below nought, and nobody is asked about it.
CREATE TABLE what_if (
    round_id BLOB PRIMARY KEY NOT NULL REFERENCES matching_round (id),
    of_round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- What is supposed.
    supposed TEXT NOT NULL
) STRICT;

CREATE INDEX what_if_of_round ON what_if (of_round_id);

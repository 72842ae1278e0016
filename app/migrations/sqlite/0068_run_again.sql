-- Boards that are run again once more is known of their people.

-- SQLite changes no constraint of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE round_again_before AS SELECT * FROM round_again;
DROP TABLE round_again;

-- A round that was run again from the board of another. Together with its question, seed and steps this is all that its answer follows from.
CREATE TABLE round_again (
    round_id BLOB PRIMARY KEY NOT NULL REFERENCES matching_round (id),
    from_round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- How many changes that board had: as it was then it is run again once in each way, until more is known.
    from_position INTEGER NOT NULL CHECK (from_position >= 0),
    -- The groups to begin with, in the format of a proposal, and who stays where they are, by their names in it.
    board TEXT NOT NULL,
    pins TEXT NOT NULL,
    -- Who was asked to stay: everybody who has a place, or whoever is pinned and nobody else.
    stay TEXT NOT NULL CHECK (stay IN ('everybody', 'pinned')),
    -- The weights of the score where they are others than in that round; empty where they are the same.
    weights TEXT NOT NULL,
    -- What is asked by now, and who stays, as a short mark: it follows from the board and from who is available when it is run.
    known TEXT NOT NULL,
    UNIQUE (from_round_id, from_position, stay, weights, known)
) STRICT;

INSERT INTO round_again (round_id, from_round_id, from_position, board, pins, stay, weights, known)
SELECT round_id, from_round_id, from_position, board, pins, stay, weights, ''
FROM round_again_before;
DROP TABLE round_again_before;

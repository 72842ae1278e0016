-- What coordinators have changed by hand on the board of a round, one change after the other. The proposal stays as it is: the groups as they
-- are now follow from it and from these. What is taken back stays here too, with the row that takes it back.
CREATE TABLE board_change (
    round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- From one, without a gap: of two who change a board at the same time one finds the place taken.
    position INTEGER NOT NULL CHECK (position > 0),
    kind TEXT NOT NULL CHECK (kind IN ('move', 'pin', 'unpin', 'take_back')),
    -- Who is moved or pinned.
    person_id BLOB REFERENCES person (id),
    -- Where to, in the words of the round's files.
    destination TEXT,
    -- Why a rule is broken; empty where none is.
    reason TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES person (id),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (round_id, position),
    CHECK ((kind = 'move') = (destination IS NOT NULL)),
    CHECK ((kind = 'take_back') = (person_id IS NULL))
) STRICT;

CREATE INDEX board_change_of_person ON board_change (person_id);

-- A round that was run again from the board of another. Together with its question, seed and steps this is all that its answer follows from.
CREATE TABLE round_again (
    round_id BLOB PRIMARY KEY NOT NULL REFERENCES matching_round (id),
    from_round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- How many changes that board had: as it was then it is run again once.
    from_position INTEGER NOT NULL CHECK (from_position >= 0),
    -- The groups to begin with, in the format of a proposal, and who stays where they are, by their names in it.
    board TEXT NOT NULL,
    pins TEXT NOT NULL,
    UNIQUE (from_round_id, from_position)
) STRICT;

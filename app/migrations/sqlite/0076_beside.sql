-- Places for a co-supervisor and an observer beside the supervisor of each group of a round.

-- What is asked of such places, with everybody who could have one as they were known when the round was asked; empty where none is asked for. And who was
-- proposed for them, which is never changed either, and is no part of the proposal.
ALTER TABLE matching_round ADD COLUMN beside TEXT;
ALTER TABLE matching_round ADD COLUMN beside_proposed TEXT;

-- What somebody is asked to be beside the supervisor of a group; empty for whoever would lead it, and for its members.
ALTER TABLE asked_person ADD COLUMN beside TEXT CHECK (beside IN ('co_supervisor', 'observer'));
-- When they were added to the sessions of the group that was made, or it was settled that they are not.
ALTER TABLE asked_person ADD COLUMN beside_settled_at TEXT;

-- SQLite changes no constraint of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE board_change_before AS SELECT * FROM board_change;
DROP TABLE board_change;

-- What coordinators have changed by hand on the board of a round, one change after the other. The proposal stays as it is: the groups as they
-- are now follow from it and from these. What is taken back stays here too, with the row that takes it back.
CREATE TABLE board_change (
    round_id BLOB NOT NULL REFERENCES matching_round (id),
    -- From one, without a gap: of two who change a board at the same time one finds the place taken.
    position INTEGER NOT NULL CHECK (position > 0),
    kind TEXT NOT NULL CHECK (kind IN ('move', 'pin', 'unpin', 'beside', 'take_back')),
    -- Who is moved or pinned, or has a place beside a supervisor.
    person_id BLOB REFERENCES person (id),
    -- Where to, or which place, in the words of the round's files.
    destination TEXT,
    -- Why a rule is broken; empty where none is.
    reason TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES person (id),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (round_id, position),
    CHECK ((kind IN ('move', 'beside')) = (destination IS NOT NULL)),
    CHECK (kind = 'beside' OR (kind = 'take_back') = (person_id IS NULL))
) STRICT;

INSERT INTO board_change (round_id, position, kind, person_id, destination, reason, changed_by, changed_at)
SELECT round_id, position, kind, person_id, destination, reason, changed_by, changed_at
FROM board_change_before;
DROP TABLE board_change_before;

CREATE INDEX board_change_of_person ON board_change (person_id);

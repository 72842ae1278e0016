-- Rules that a round does without, and boards that are run again in more ways than one.

-- The rules that were turned off, by their keys, and why; empty where all of them hold.
ALTER TABLE matching_round ADD COLUMN rules_off JSONB NOT NULL DEFAULT '[]';
ALTER TABLE matching_round ADD COLUMN rules_off_reason TEXT NOT NULL DEFAULT '';

-- Who was asked to stay: everybody who has a place, or whoever is pinned and nobody else.
ALTER TABLE round_again ADD COLUMN stay TEXT NOT NULL DEFAULT 'pinned' CHECK (stay IN ('everybody', 'pinned'));
ALTER TABLE round_again ALTER COLUMN stay DROP DEFAULT;
-- The weights of the score where they are others than in that round; empty where they are the same.
ALTER TABLE round_again ADD COLUMN weights TEXT NOT NULL DEFAULT '';
ALTER TABLE round_again ALTER COLUMN weights DROP DEFAULT;
-- A board as it was at one time is run again once in each way.
ALTER TABLE round_again DROP CONSTRAINT round_again_from_round_id_from_position_key;
ALTER TABLE round_again ADD UNIQUE (from_round_id, from_position, stay, weights);

-- Whoever is placed in no group for now. Deliberately without a reason, which stands with the concern.
CREATE TABLE safety_hold (
    id UUID PRIMARY KEY NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    held_by UUID NOT NULL REFERENCES person (id),
    held_at TIMESTAMPTZ NOT NULL,
    lifted_by UUID REFERENCES person (id),
    lifted_at TIMESTAMPTZ,
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);

-- Somebody is held once at a time.
CREATE UNIQUE INDEX safety_hold_open ON safety_hold (person_id) WHERE lifted_at IS NULL;
CREATE INDEX safety_hold_of_person ON safety_hold (person_id);

-- What a round would give if something were otherwise. It is worked on like a round, has a number below nought, and nobody is asked about it.
CREATE TABLE what_if (
    round_id UUID PRIMARY KEY NOT NULL REFERENCES matching_round (id),
    of_round_id UUID NOT NULL REFERENCES matching_round (id),
    -- What is supposed.
    supposed JSONB NOT NULL
);

CREATE INDEX what_if_of_round ON what_if (of_round_id);

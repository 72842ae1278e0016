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

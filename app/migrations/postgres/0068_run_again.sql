-- Boards that are run again once more is known of their people.

-- What is asked by now, and who stays, as a short mark: it follows from the board and from who is available when it is run.
ALTER TABLE round_again ADD COLUMN known TEXT NOT NULL DEFAULT '';
ALTER TABLE round_again ALTER COLUMN known DROP DEFAULT;
-- A board as it was at one time is run again once in each way, until more is known.
ALTER TABLE round_again DROP CONSTRAINT round_again_from_round_id_from_position_stay_weights_key;
ALTER TABLE round_again ADD UNIQUE (from_round_id, from_position, stay, weights, known);

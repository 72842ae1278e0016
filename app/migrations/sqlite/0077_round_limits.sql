-- What somebody needs to take part, as far as it is one of a list, so that a round can say where it is met. What they wrote beside it stays as it was.
ALTER TABLE registration ADD COLUMN needs TEXT NOT NULL DEFAULT '[]';

-- What groups of a round can meet of that, as pairs of a need and a way to meet. Nothing stands in a round from before, in which needs did not count.
ALTER TABLE matching_round ADD COLUMN needs_met TEXT;
-- How many places one authority has at most, where there is a limit.
ALTER TABLE matching_round ADD COLUMN most_places INTEGER CHECK (most_places > 0);
-- How much of their contract a supervisor is proposed at most, in hundredths.
ALTER TABLE matching_round ADD COLUMN most_share INTEGER NOT NULL DEFAULT 100 CHECK (most_share > 0);

-- What the limits of a round were reckoned from, so that it can be run again with others: what somebody needs and how they would meet, or what a
-- supervisor's contract is for. It is in no file of the round, since it is read by those who match alone.
ALTER TABLE round_person ADD COLUMN kept TEXT;
-- Where somebody stands among those of their authority who ask, where they are left out because its places are taken.
ALTER TABLE round_person ADD COLUMN place_in_line INTEGER CHECK (place_in_line > 0);

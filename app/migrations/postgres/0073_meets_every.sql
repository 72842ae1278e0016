-- How often the groups of a round meet: until now every one met once a fortnight.
ALTER TABLE matching_round ADD COLUMN meets_every TEXT NOT NULL DEFAULT 'fortnight' CHECK (meets_every IN ('fortnight', 'week'));

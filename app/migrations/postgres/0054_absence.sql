-- A session that stayed with whoever led its group when the group was handed over, since the new supervisor could not: it needs cover for as long as
-- that person leads it.
ALTER TABLE session ADD COLUMN stayed_with UUID REFERENCES person (id);

CREATE INDEX session_stayed ON session (stayed_with, starts_at) WHERE stayed_with IS NOT NULL;

-- Why somebody is away is one of a list. That somebody is ill is for themselves and for those who arrange cover, and for nobody else.
ALTER TABLE leave DROP CONSTRAINT leave_kind_check;
ALTER TABLE leave ADD CONSTRAINT leave_kind_check CHECK (kind IN ('leave', 'training', 'ill', 'other'));

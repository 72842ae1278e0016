-- Who is kept together, where no rule forbids it: two whom a coordinator has noted, deliberately without a reason, or two of whom each has asked for the other.
CREATE TABLE kept_together (
    id BLOB PRIMARY KEY NOT NULL,
    -- Of two people the one with the smaller id, so that a pair stands here once.
    person_id BLOB NOT NULL REFERENCES person (id),
    other_id BLOB NOT NULL REFERENCES person (id),
    noted_by BLOB NOT NULL REFERENCES person (id),
    noted_at TEXT NOT NULL,
    CHECK (person_id < other_id),
    UNIQUE (person_id, other_id)
) STRICT;

CREATE INDEX kept_together_by_other ON kept_together (other_id);

-- Whom somebody would like to be in a group with, by work emails that need not be anybody's here. A question that is new is asked of everybody, and what was
-- confirmed before stays confirmed.
ALTER TABLE registration ADD COLUMN wished_emails TEXT NOT NULL DEFAULT '[]';

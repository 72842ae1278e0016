-- Who is kept together, where no rule forbids it: two whom a coordinator has noted, deliberately without a reason, or two of whom each has asked for the other.
CREATE TABLE kept_together (
    id UUID PRIMARY KEY NOT NULL,
    -- Of two people the one with the smaller id, so that a pair stands here once.
    person_id UUID NOT NULL REFERENCES person (id),
    other_id UUID NOT NULL REFERENCES person (id),
    noted_by UUID NOT NULL REFERENCES person (id),
    noted_at TIMESTAMPTZ NOT NULL,
    CHECK (person_id < other_id),
    UNIQUE (person_id, other_id)
);

CREATE INDEX kept_together_by_other ON kept_together (other_id);

-- Whom somebody would like to be in a group with, by work emails that need not be anybody's here. A question that is new is asked of everybody, and what was
-- confirmed before stays confirmed.
ALTER TABLE registration ADD COLUMN wished_emails JSONB NOT NULL DEFAULT '[]';

-- Who opened what of somebody's own, on which day in UK time, when first and last, and how often. Nothing of one's own is written down.
CREATE TABLE opened_record (
    person_id UUID NOT NULL REFERENCES person (id),
    opened_on DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('details', 'registration', 'round', 'availability', 'statement', 'certificate', 'shared_entry')),
    reader_id UUID NOT NULL REFERENCES person (id),
    -- The role by which they could.
    role TEXT NOT NULL CHECK (role IN ('practitioner', 'supervisor', 'coordinator', 'clinical_lead', 'authority_lead', 'safeguarding_lead', 'department_viewer', 'evaluator', 'administrator')),
    first_at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    times BIGINT NOT NULL CHECK (times > 0),
    PRIMARY KEY (person_id, opened_on, kind, reader_id),
    CHECK (person_id <> reader_id)
);

-- By which the job finds what is to be forgotten.
CREATE INDEX opened_record_by_day ON opened_record (opened_on);

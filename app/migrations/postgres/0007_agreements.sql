-- The supervision agreement of a group, in versions. A version's text is never changed; a change of text is a new version.
CREATE TABLE agreement (
    id UUID PRIMARY KEY NOT NULL,
    group_id UUID NOT NULL REFERENCES supervision_group (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    -- The sections of the template, in order, each with its heading and its text.
    sections JSONB NOT NULL,
    review_on DATE NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at TIMESTAMPTZ NOT NULL,
    -- Set when the last of the parties agrees; the version before then ends.
    in_force_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    UNIQUE (group_id, version)
);

-- One version at a time is in force for a group, whoever saves at once.
CREATE UNIQUE INDEX agreement_in_force ON agreement (group_id) WHERE in_force_at IS NOT NULL AND ended_at IS NULL;

CREATE TABLE agreement_party (
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    person_id UUID NOT NULL REFERENCES person (id),
    agreed_at TIMESTAMPTZ,
    PRIMARY KEY (agreement_id, person_id)
);

CREATE INDEX agreement_party_waiting ON agreement_party (person_id) WHERE agreed_at IS NULL;

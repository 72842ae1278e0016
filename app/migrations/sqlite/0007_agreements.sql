-- The supervision agreement of a group, in versions. A version's text is never changed; a change of text is a new version.
CREATE TABLE agreement (
    id BLOB PRIMARY KEY NOT NULL,
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    -- The sections of the template, in order, each with its heading and its text.
    sections TEXT NOT NULL,
    review_on TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    -- Set when the last of the parties agrees; the version before then ends.
    in_force_at TEXT,
    ended_at TEXT,
    UNIQUE (group_id, version)
) STRICT;

-- One version at a time is in force for a group, whoever saves at once.
CREATE UNIQUE INDEX agreement_in_force ON agreement (group_id) WHERE in_force_at IS NOT NULL AND ended_at IS NULL;

CREATE TABLE agreement_party (
    agreement_id BLOB NOT NULL REFERENCES agreement (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    agreed_at TEXT,
    PRIMARY KEY (agreement_id, person_id)
) STRICT;

CREATE INDEX agreement_party_waiting ON agreement_party (person_id) WHERE agreed_at IS NULL;

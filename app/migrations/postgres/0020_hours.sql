-- Hours of supervision that people have had elsewhere, as they log them for themselves. Nobody verifies them, and nobody else reads them.
CREATE TABLE hours_elsewhere (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    held_on DATE NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes BETWEEN 5 AND 600),
    format TEXT NOT NULL CHECK (format IN ('one_to_one', 'pair', 'group', 'vig', 'supervisors', 'reflective', 'open_clinic')),
    intervention TEXT NOT NULL CHECK (intervention IN ('general', 'vig', 'other')),
    -- With whom, in general words: "line manager, NHS trust".
    supervised_by TEXT NOT NULL,
    logged_at TIMESTAMPTZ NOT NULL,
    -- What was removed can be put back for a day, and is then forgotten.
    removed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);

CREATE INDEX hours_elsewhere_by_person ON hours_elsewhere (person_id, held_on);

-- From when until when somebody's registration runs, for which they count their hours. Whoever has not chosen has no row.
CREATE TABLE registration_period (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    CHECK (ends_on >= starts_on)
);

-- What a matching round needs to know of whoever is supervised: one row for a person, filled in question by question. What was not answered
-- yet is empty, which is not the same as "don't know".
CREATE TABLE registration (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    -- The questions that were answered, by their keys: an answer may be that there is nothing to say.
    answered JSONB NOT NULL,
    experience TEXT CHECK (experience IN ('under_one', 'one_to_three', 'over_three', 'unknown')),
    supervised_elsewhere TEXT CHECK (supervised_elsewhere IN ('yes', 'no', 'unknown')),
    stream TEXT CHECK (stream IN ('pir', 'vig', 'sos')),
    intervention TEXT,
    competence TEXT CHECK (competence IN ('one', 'two', 'three', 'unknown')),
    way TEXT CHECK (way IN ('online', 'in_person', 'either')),
    urgency BIGINT CHECK (urgency BETWEEN 1 AND 5),
    -- Each half hour of a week from Monday at midnight: 0, 1 where they are free, 2 where they would choose it.
    first_week TEXT CHECK (LENGTH(first_week) = 336),
    second_week TEXT CHECK (LENGTH(second_week) = 336),
    -- Who manages them, by a work email that need not be anybody's here yet.
    manager TEXT CHECK (manager IN ('named', 'none', 'unknown')),
    manager_email TEXT NOT NULL,
    kept_supervisor_id UUID REFERENCES person (id),
    access_needs TEXT NOT NULL,
    language TEXT NOT NULL,
    avoided_emails JSONB NOT NULL,
    avoided_authorities JSONB NOT NULL,
    -- What may be used so that nobody is the only one in a group, and whether colleagues may find them.
    shared JSONB NOT NULL,
    confirmed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);

CREATE INDEX registration_by_manager ON registration (manager_email);
CREATE INDEX registration_by_kept_supervisor ON registration (kept_supervisor_id);

-- What a supervisor offers to a matching round, beside their hours and what they are qualified for.
CREATE TABLE offering (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    interventions JSONB NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('online', 'in_person', 'either')),
    region TEXT NOT NULL,
    most_groups BIGINT NOT NULL CHECK (most_groups BETWEEN 0 AND 20),
    confirmed_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);

-- What a supervisor must hold to lead, and until when it holds. No certificate is kept, and nothing that stands in one.
CREATE TABLE clearance (
    person_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('registration', 'indemnity', 'dbs', 'safeguarding', 'supervision')),
    good_until DATE NOT NULL,
    noted_by UUID NOT NULL REFERENCES person (id),
    noted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person_id, kind)
);

-- Who is not placed with whom, or with anybody of an authority. Deliberately without a reason.
CREATE TABLE kept_apart (
    id UUID PRIMARY KEY NOT NULL,
    -- Of two people the one with the smaller id, so that a pair stands here once.
    person_id UUID NOT NULL REFERENCES person (id),
    other_id UUID REFERENCES person (id),
    authority_id UUID REFERENCES authority (id),
    noted_by UUID NOT NULL REFERENCES person (id),
    noted_at TIMESTAMPTZ NOT NULL,
    CHECK ((other_id IS NULL) <> (authority_id IS NULL)),
    CHECK (person_id < other_id)
);

CREATE UNIQUE INDEX kept_apart_people ON kept_apart (person_id, other_id) WHERE other_id IS NOT NULL;
CREATE UNIQUE INDEX kept_apart_authority ON kept_apart (person_id, authority_id) WHERE authority_id IS NOT NULL;
CREATE INDEX kept_apart_by_other ON kept_apart (other_id);

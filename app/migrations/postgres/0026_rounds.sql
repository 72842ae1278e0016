-- A matching round: what it was asked, frozen, and what the engine proposed. Neither is changed afterwards.
CREATE TABLE matching_round (
    id UUID PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- For which kinds of group and which authorities, in words.
    about TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- The file supervision-matching/1, and with the seed and the number of steps everything that its answer follows from.
    instance TEXT NOT NULL,
    seed BIGINT NOT NULL,
    steps BIGINT NOT NULL CHECK (steps > 0),
    steps_done BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    proposal TEXT,
    score BIGINT,
    -- A score that no proposal can pass; empty while none is proven.
    bound BIGINT,
    placed BIGINT NOT NULL,
    started_by UUID NOT NULL REFERENCES person (id),
    started_at TIMESTAMPTZ NOT NULL,
    stop_asked_at TIMESTAMPTZ,
    -- Which run has it, and until when: whoever finds it later takes it over.
    taken_by UUID,
    taken_until TIMESTAMPTZ,
    -- How often a run has taken it: a round that ends its process is not taken for ever.
    taken_times BIGINT NOT NULL DEFAULT 0,
    finished_at TIMESTAMPTZ,
    CHECK (ends_on >= starts_on),
    CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'done') = (proposal IS NOT NULL))
);

CREATE INDEX matching_round_to_run ON matching_round (started_at) WHERE finished_at IS NULL;

-- Who was looked at for a round, and why somebody did not take part.
CREATE TABLE round_person (
    round_id UUID NOT NULL REFERENCES matching_round (id),
    person_id UUID NOT NULL REFERENCES person (id),
    part TEXT NOT NULL CHECK (part IN ('practitioner', 'supervisor')),
    is_stale BOOLEAN NOT NULL,
    -- Sentences; none where they take part.
    obstacles JSONB NOT NULL,
    PRIMARY KEY (round_id, person_id, part)
);

CREATE INDEX round_person_of_person ON round_person (person_id);

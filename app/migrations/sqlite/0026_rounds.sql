-- A matching round: what it was asked, frozen, and what the engine proposed. Neither is changed afterwards.
CREATE TABLE matching_round (
    id BLOB PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- For which kinds of group and which authorities, in words.
    about TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    -- The file supervision-matching/1, and with the seed and the number of steps everything that its answer follows from.
    instance TEXT NOT NULL,
    seed INTEGER NOT NULL,
    steps INTEGER NOT NULL CHECK (steps > 0),
    steps_done INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    proposal TEXT,
    score INTEGER,
    -- A score that no proposal can pass; empty while none is proven.
    bound INTEGER,
    placed INTEGER NOT NULL,
    started_by BLOB NOT NULL REFERENCES person (id),
    started_at TEXT NOT NULL,
    stop_asked_at TEXT,
    -- Which run has it, and until when: whoever finds it later takes it over.
    taken_by BLOB,
    taken_until TEXT,
    -- How often a run has taken it: a round that ends its process is not taken for ever.
    taken_times INTEGER NOT NULL DEFAULT 0,
    finished_at TEXT,
    CHECK (ends_on >= starts_on),
    CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'done') = (proposal IS NOT NULL))
) STRICT;

CREATE INDEX matching_round_to_run ON matching_round (started_at) WHERE finished_at IS NULL;

-- Who was looked at for a round, and why somebody did not take part.
CREATE TABLE round_person (
    round_id BLOB NOT NULL REFERENCES matching_round (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL CHECK (part IN ('practitioner', 'supervisor')),
    is_stale INTEGER NOT NULL CHECK (is_stale IN (0, 1)),
    -- Sentences; none where they take part.
    obstacles TEXT NOT NULL,
    PRIMARY KEY (round_id, person_id, part)
) STRICT;

CREATE INDEX round_person_of_person ON round_person (person_id);

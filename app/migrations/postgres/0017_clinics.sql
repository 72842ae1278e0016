-- All formats of supervision; the places of an open clinic, whose sessions people book one at a time; and whoever leads a session together with its
-- supervisor, or observes it.

-- As in SQLite, which changes no constraint of a column that is there: the column is made anew beside it and takes its name.
ALTER TABLE supervision_group ADD COLUMN format TEXT NOT NULL DEFAULT 'group'
    CHECK (format IN ('group', 'pair', 'one_to_one', 'vig', 'supervisors', 'reflective', 'open_clinic'));
UPDATE supervision_group SET format = kind;
ALTER TABLE supervision_group DROP COLUMN kind;
ALTER TABLE supervision_group RENAME COLUMN format TO kind;

-- Somebody's place at one session of an open clinic. A place that is given back in good time leaves no row. One that is given back later is
-- free for others at once, so its row has no number any more, and stays with the late apologies of whoever gave it back.
CREATE TABLE booking (
    session_id UUID NOT NULL REFERENCES session (id),
    person_id UUID NOT NULL REFERENCES person (id),
    place BIGINT CHECK (place BETWEEN 1 AND 8),
    booked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, person_id)
);

-- A place is one person's, whoever asks for it at once.
CREATE UNIQUE INDEX booking_of_place ON booking (session_id, place) WHERE place IS NOT NULL;
CREATE INDEX booking_by_person ON booking (person_id, session_id);

-- Somebody who leads one session together with its supervisor, or observes it.
CREATE TABLE session_host (
    session_id UUID NOT NULL REFERENCES session (id),
    person_id UUID NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('co_supervisor', 'observer')),
    added_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, person_id)
);

CREATE INDEX session_host_by_person ON session_host (person_id, session_id);

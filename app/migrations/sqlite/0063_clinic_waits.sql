-- Who waits for a place at one session of an open clinic at which every place is taken. Whoever asked first is given the first place that is given back in
-- good time; after that everybody who waits is told once that a place is free. A row is gone once its person has a place or waits no more, and once the
-- session has begun or was cancelled.
CREATE TABLE clinic_wait (
    session_id BLOB NOT NULL REFERENCES session (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    asked_at TEXT NOT NULL,
    told_at TEXT,
    PRIMARY KEY (session_id, person_id)
) STRICT;

CREATE INDEX clinic_wait_by_person ON clinic_wait (person_id, session_id);

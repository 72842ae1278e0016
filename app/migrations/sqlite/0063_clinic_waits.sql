-- Who waits for a place at one session of an open clinic at which every place is taken. Whoever asked first is given the first place that becomes free in
-- good time, at the time that they asked for and on the terms that they agreed to; they are a party to those from then on. Everybody else who waits is told
-- once that a place is free, and once that the session was cancelled, which may be undone. A row is gone once its person has a place or waits no more, and
-- once the session has begun.
CREATE TABLE clinic_wait (
    session_id BLOB NOT NULL REFERENCES session (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    asked_at TEXT NOT NULL,
    asked_for TEXT NOT NULL,
    agreement_id BLOB NOT NULL REFERENCES agreement (id),
    agreed_at TEXT NOT NULL,
    told_at TEXT,
    closed_told_at TEXT,
    PRIMARY KEY (session_id, person_id)
) STRICT;

CREATE INDEX clinic_wait_by_person ON clinic_wait (person_id, session_id);

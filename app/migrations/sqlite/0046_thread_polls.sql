-- A question with answers to choose from, below what a thread begins with. Who chose what is shown to nobody.
CREATE TABLE thread_poll (
    thread_id BLOB PRIMARY KEY NOT NULL REFERENCES thread (id),
    takes_several INTEGER NOT NULL,
    -- The last day on which somebody can answer.
    closes_on TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;

CREATE TABLE thread_poll_option (
    thread_id BLOB NOT NULL REFERENCES thread_poll (thread_id),
    place INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (thread_id, place)
) STRICT;

CREATE TABLE thread_poll_answer (
    thread_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (thread_id, place, person_id),
    FOREIGN KEY (thread_id, place) REFERENCES thread_poll_option (thread_id, place)
) STRICT;

CREATE INDEX thread_poll_answer_by_person ON thread_poll_answer (person_id, thread_id);

-- A question with answers to choose from, below what a thread begins with. Who chose what is shown to nobody.
CREATE TABLE thread_poll (
    thread_id UUID PRIMARY KEY NOT NULL REFERENCES thread (id),
    takes_several BOOLEAN NOT NULL,
    -- The last day on which somebody can answer.
    closes_on DATE NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE thread_poll_option (
    thread_id UUID NOT NULL REFERENCES thread_poll (thread_id),
    place BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (thread_id, place)
);

CREATE TABLE thread_poll_answer (
    thread_id UUID NOT NULL,
    place BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (thread_id, place, person_id),
    FOREIGN KEY (thread_id, place) REFERENCES thread_poll_option (thread_id, place)
);

CREATE INDEX thread_poll_answer_by_person ON thread_poll_answer (person_id, thread_id);

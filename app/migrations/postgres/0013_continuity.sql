-- What keeps supervision from lapsing unseen.

-- A series after which nothing is planned: when those who plan were asked what comes next, and what they decided.
CREATE TABLE renewal (
    series_id UUID PRIMARY KEY NOT NULL REFERENCES series (id),
    -- Whoever sets the moment writes the messages, so that of several processes one does.
    asked_at TIMESTAMPTZ,
    decision TEXT CHECK (decision IN ('later', 'review', 'end')),
    -- The day for which it was decided. Once it has passed and nothing later is planned, the question is open again.
    decided_for DATE,
    decided_by UUID REFERENCES person (id),
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((decision IS NULL) = (decided_for IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL)),
    CHECK ((decision IS NULL) = (decided_at IS NULL))
);

-- How many hours before a session somebody is reminded of it, twice at most; nought is never. Whoever has not chosen has no row.
CREATE TABLE reminder_choice (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    first_hours BIGINT NOT NULL CHECK (first_hours >= 0),
    second_hours BIGINT NOT NULL CHECK (second_hours >= 0)
);

-- That everybody was reminded of a session who wanted to be, so many hours before. The beginning is part of the key: a session that moves is
-- reminded of anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE reminder (
    session_id UUID NOT NULL REFERENCES session (id),
    hours_before BIGINT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, hours_before, starts_at)
);

CREATE INDEX reminder_by_beginning ON reminder (starts_at);

-- Times that are put to people, who say by themselves which suit them.
CREATE TABLE poll (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- The group whose time is sought; none where people are asked who are in no group together yet.
    group_id UUID REFERENCES supervision_group (id),
    organiser_id UUID NOT NULL REFERENCES person (id),
    -- Times of a week, for a series, or single dates.
    kind TEXT NOT NULL CHECK (kind IN ('weekly', 'dates')),
    length_minutes BIGINT NOT NULL CHECK (length_minutes > 0),
    every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
    created_at TIMESTAMPTZ NOT NULL,
    -- It closes by itself, or when its organiser closes it before.
    closes_at TIMESTAMPTZ NOT NULL,
    -- When its organiser was told that it has closed, or closed it.
    told_at TIMESTAMPTZ,
    -- When those who had not answered were asked once more.
    nudged_at TIMESTAMPTZ,
    -- The time that became a series.
    chosen BIGINT
);

CREATE INDEX poll_by_organiser ON poll (organiser_id, created_at);
CREATE INDEX poll_by_group ON poll (group_id);
CREATE INDEX poll_to_close ON poll (closes_at) WHERE told_at IS NULL;

-- A time that is offered. Of the times of a week it is the first, so that the day of the week follows from the date.
CREATE TABLE poll_time (
    poll_id UUID NOT NULL REFERENCES poll (id),
    place BIGINT NOT NULL CHECK (place BETWEEN 1 AND 20),
    starts_on DATE NOT NULL,
    starts_time TIME NOT NULL,
    PRIMARY KEY (poll_id, place),
    UNIQUE (poll_id, starts_on, starts_time)
);

CREATE TABLE poll_person (
    poll_id UUID NOT NULL REFERENCES poll (id),
    person_id UUID NOT NULL REFERENCES person (id),
    answered_at TIMESTAMPTZ,
    -- Whose links the organiser took back is asked no more.
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (poll_id, person_id)
);

CREATE INDEX poll_person_by_person ON poll_person (person_id);

-- What lets one person answer one poll without a password: a hash of the code in the message. A second message has a code of its own, and
-- both work.
CREATE TABLE poll_link (
    code_hash BYTEA PRIMARY KEY NOT NULL,
    poll_id UUID NOT NULL REFERENCES poll (id),
    person_id UUID NOT NULL REFERENCES person (id),
    made_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX poll_link_by_poll ON poll_link (poll_id, person_id);

CREATE TABLE poll_answer (
    poll_id UUID NOT NULL REFERENCES poll (id),
    person_id UUID NOT NULL REFERENCES person (id),
    place BIGINT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'if_need_be', 'no')),
    PRIMARY KEY (poll_id, person_id, place)
);

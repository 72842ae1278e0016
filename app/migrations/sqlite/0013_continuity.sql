-- What keeps supervision from lapsing unseen.

-- A series after which nothing is planned: when those who plan were asked what comes next, and what they decided.
CREATE TABLE renewal (
    series_id BLOB PRIMARY KEY NOT NULL REFERENCES series (id),
    -- Whoever sets the moment writes the messages, so that of several processes one does.
    asked_at TEXT,
    decision TEXT CHECK (decision IN ('later', 'review', 'end')),
    -- The day for which it was decided. Once it has passed and nothing later is planned, the question is open again.
    decided_for TEXT,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    version INTEGER NOT NULL,
    CHECK ((decision IS NULL) = (decided_for IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL)),
    CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT;

-- How many hours before a session somebody is reminded of it, twice at most; nought is never. Whoever has not chosen has no row.
CREATE TABLE reminder_choice (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    first_hours INTEGER NOT NULL CHECK (first_hours >= 0),
    second_hours INTEGER NOT NULL CHECK (second_hours >= 0)
) STRICT;

-- That everybody was reminded of a session who wanted to be, so many hours before. The beginning is part of the key: a session that moves is
-- reminded of anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE reminder (
    session_id BLOB NOT NULL REFERENCES session (id),
    hours_before INTEGER NOT NULL,
    starts_at TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (session_id, hours_before, starts_at)
) STRICT;

CREATE INDEX reminder_by_beginning ON reminder (starts_at);

-- Times that are put to people, who say by themselves which suit them.
CREATE TABLE poll (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- The group whose time is sought; none where people are asked who are in no group together yet.
    group_id BLOB REFERENCES supervision_group (id),
    organiser_id BLOB NOT NULL REFERENCES person (id),
    -- Times of a week, for a series, or single dates.
    kind TEXT NOT NULL CHECK (kind IN ('weekly', 'dates')),
    length_minutes INTEGER NOT NULL CHECK (length_minutes > 0),
    every_weeks INTEGER NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
    created_at TEXT NOT NULL,
    -- It closes by itself, or when its organiser closes it before.
    closes_at TEXT NOT NULL,
    -- When its organiser was told that it has closed, or closed it.
    told_at TEXT,
    -- When those who had not answered were asked once more.
    nudged_at TEXT,
    -- The time that became a series.
    chosen INTEGER
) STRICT;

CREATE INDEX poll_by_organiser ON poll (organiser_id, created_at);
CREATE INDEX poll_by_group ON poll (group_id);
CREATE INDEX poll_to_close ON poll (closes_at) WHERE told_at IS NULL;

-- A time that is offered. Of the times of a week it is the first, so that the day of the week follows from the date.
CREATE TABLE poll_time (
    poll_id BLOB NOT NULL REFERENCES poll (id),
    place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 20),
    starts_on TEXT NOT NULL,
    starts_time TEXT NOT NULL,
    PRIMARY KEY (poll_id, place),
    UNIQUE (poll_id, starts_on, starts_time)
) STRICT;

CREATE TABLE poll_person (
    poll_id BLOB NOT NULL REFERENCES poll (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    answered_at TEXT,
    -- Whose links the organiser took back is asked no more.
    revoked_at TEXT,
    PRIMARY KEY (poll_id, person_id)
) STRICT;

CREATE INDEX poll_person_by_person ON poll_person (person_id);

-- What lets one person answer one poll without a password: a hash of the code in the message. A second message has a code of its own, and
-- both work.
CREATE TABLE poll_link (
    code_hash BLOB PRIMARY KEY NOT NULL,
    poll_id BLOB NOT NULL REFERENCES poll (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL
) STRICT;

CREATE INDEX poll_link_by_poll ON poll_link (poll_id, person_id);

CREATE TABLE poll_answer (
    poll_id BLOB NOT NULL REFERENCES poll (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    place INTEGER NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'if_need_be', 'no')),
    PRIMARY KEY (poll_id, person_id, place)
) STRICT;

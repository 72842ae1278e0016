-- When a supervisor can be planned. Somebody without a row has never said anything, which is neither free nor busy.
CREATE TABLE availability (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    -- Minutes that stay empty after a session.
    buffer_minutes BIGINT NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 240),
    -- The most sessions that are led in a day and in a week; empty where there is no such limit.
    most_in_day BIGINT CHECK (most_in_day BETWEEN 1 AND 20),
    most_in_week BIGINT CHECK (most_in_week BETWEEN 1 AND 60),
    -- Minutes of sessions that the contract is for, in a week; empty where nobody has entered it.
    contracted_minutes BIGINT CHECK (contracted_minutes BETWEEN 1 AND 3000),
    said_at TIMESTAMPTZ NOT NULL,
    -- Rises with every change of the limits.
    version BIGINT NOT NULL
);

-- A stretch of a weekday, from 1 for Monday, on the clocks of the United Kingdom.
CREATE TABLE working_hours (
    id UUID PRIMARY KEY NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts_time TIME NOT NULL,
    ends_time TIME NOT NULL,
    -- The kinds of supervision that it is for; none named means every kind.
    kinds JSONB NOT NULL,
    is_preferred BOOLEAN NOT NULL,
    CHECK (ends_time > starts_time),
    UNIQUE (person_id, weekday, starts_time, ends_time)
);

-- One date on which the usual hours do not hold: other hours, or none.
CREATE TABLE date_override (
    person_id UUID NOT NULL REFERENCES person (id),
    on_date DATE NOT NULL,
    starts_time TIME,
    ends_time TIME,
    PRIMARY KEY (person_id, on_date),
    CHECK ((starts_time IS NULL) = (ends_time IS NULL)),
    CHECK (ends_time > starts_time)
);

-- Days away, the first and the last included. Why is one of a list, never free text, which could hold what belongs to somebody's health.
CREATE TABLE leave (
    id UUID PRIMARY KEY NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'training', 'other')),
    CHECK (ends_on >= starts_on)
);

CREATE INDEX leave_by_person ON leave (person_id, ends_on);

-- How a kind of conflict is treated, where a coordinator has changed it; the others are treated as the product proposes.
CREATE TABLE conflict_rule (
    kind TEXT PRIMARY KEY NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('block', 'block_publishing', 'warn', 'ignore')),
    changed_by UUID NOT NULL REFERENCES person (id),
    changed_at TIMESTAMPTZ NOT NULL
);

-- A conflict that somebody decided to leave as it is, and why. It holds for the session at that time alone.
CREATE TABLE kept_conflict (
    session_id UUID NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('agreed', 'only_time', 'only_once', 'other')),
    kept_by UUID NOT NULL REFERENCES person (id),
    kept_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, kind)
);

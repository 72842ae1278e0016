-- When a supervisor can be planned. Somebody without a row has never said anything, which is neither free nor busy.
CREATE TABLE availability (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    -- Minutes that stay empty after a session.
    buffer_minutes INTEGER NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 240),
    -- The most sessions that are led in a day and in a week; empty where there is no such limit.
    most_in_day INTEGER CHECK (most_in_day BETWEEN 1 AND 20),
    most_in_week INTEGER CHECK (most_in_week BETWEEN 1 AND 60),
    -- Minutes of sessions that the contract is for, in a week; empty where nobody has entered it.
    contracted_minutes INTEGER CHECK (contracted_minutes BETWEEN 1 AND 3000),
    said_at TEXT NOT NULL,
    -- Rises with every change of the limits.
    version INTEGER NOT NULL
) STRICT;

-- A stretch of a weekday, from 1 for Monday, on the clocks of the United Kingdom.
CREATE TABLE working_hours (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts_time TEXT NOT NULL,
    ends_time TEXT NOT NULL,
    -- The kinds of supervision that it is for; none named means every kind.
    kinds TEXT NOT NULL,
    is_preferred INTEGER NOT NULL CHECK (is_preferred IN (0, 1)),
    CHECK (ends_time > starts_time),
    UNIQUE (person_id, weekday, starts_time, ends_time)
) STRICT;

-- One date on which the usual hours do not hold: other hours, or none.
CREATE TABLE date_override (
    person_id BLOB NOT NULL REFERENCES person (id),
    on_date TEXT NOT NULL,
    starts_time TEXT,
    ends_time TEXT,
    PRIMARY KEY (person_id, on_date),
    CHECK ((starts_time IS NULL) = (ends_time IS NULL)),
    CHECK (ends_time > starts_time)
) STRICT;

-- Days away, the first and the last included. Why is one of a list, never free text, which could hold what belongs to somebody's health.
CREATE TABLE leave (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'training', 'other')),
    CHECK (ends_on >= starts_on)
) STRICT;

CREATE INDEX leave_by_person ON leave (person_id, ends_on);

-- How a kind of conflict is treated, where a coordinator has changed it; the others are treated as the product proposes.
CREATE TABLE conflict_rule (
    kind TEXT PRIMARY KEY NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('block', 'block_publishing', 'warn', 'ignore')),
    changed_by BLOB NOT NULL REFERENCES person (id),
    changed_at TEXT NOT NULL
) STRICT;

-- A conflict that somebody decided to leave as it is, and why. It holds for the session at that time alone.
CREATE TABLE kept_conflict (
    session_id BLOB NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('agreed', 'only_time', 'only_once', 'other')),
    kept_by BLOB NOT NULL REFERENCES person (id),
    kept_at TEXT NOT NULL,
    PRIMARY KEY (session_id, kind)
) STRICT;

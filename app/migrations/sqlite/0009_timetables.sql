-- Series that are edited after they were published: sessions have a slot of their series, series a rhythm by weeks or months and an end or none.

-- SQLite changes no constraint of a table that is there, so the two tables are made anew. What refers to them is without its row in between: that is
-- looked at when all is done, and filling the new tables settles it.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE series_before AS SELECT * FROM series;
CREATE TABLE session_before AS SELECT * FROM session;
DROP TABLE session;
DROP TABLE series;

-- The rhythm of a group. Local time and zone are the truth.
CREATE TABLE series (
    id BLOB PRIMARY KEY NOT NULL,
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    starts_on TEXT NOT NULL,
    starts_time TEXT NOT NULL,
    zone TEXT NOT NULL CHECK (zone = 'Europe/London'),
    length_minutes INTEGER NOT NULL CHECK (length_minutes > 0),
    -- Weeks from one session to the next, or months on a weekday of the month ("the second Tuesday"): one of the two.
    every_weeks INTEGER CHECK (every_weeks BETWEEN 1 AND 52),
    until_on TEXT,
    times INTEGER,
    -- What the person who made it was shown as left out, each with its reason.
    skips TEXT NOT NULL,
    published_at TEXT,
    -- A draft that was deleted is shown nowhere. Its row stays, so that no other series moves to its place in the group's addresses.
    deleted_at TEXT,
    version INTEGER NOT NULL,
    every_months INTEGER CHECK (every_months BETWEEN 1 AND 12),
    month_place TEXT CHECK (month_place IN ('first', 'second', 'third', 'fourth', 'fifth', 'last')),
    -- How far a series without an end has been planned.
    horizon_on TEXT,
    -- What its sessions have but for those that differ: who leads them (empty in a draft, which the group's supervisor will lead), where and under
    -- which title (empty where that is the group's).
    supervisor_id BLOB REFERENCES person (id),
    place TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    CHECK (published_at IS NULL OR deleted_at IS NULL),
    CHECK ((every_weeks IS NULL) <> (every_months IS NULL)),
    CHECK ((every_months IS NULL) = (month_place IS NULL)),
    CHECK (until_on IS NULL OR times IS NULL),
    CHECK (horizon_on IS NULL OR (until_on IS NULL AND times IS NULL)),
    CHECK ((published_at IS NULL) = (supervisor_id IS NULL))
) STRICT;

INSERT INTO series (id, group_id, starts_on, starts_time, zone, length_minutes, every_weeks, until_on, times, skips, published_at, deleted_at, version,
    supervisor_id)
SELECT n.id, n.group_id, n.starts_on, n.starts_time, n.zone, n.length_minutes, n.every_weeks, n.until_on, n.times, n.skips, n.published_at, n.deleted_at,
    n.version, CASE WHEN n.published_at IS NOT NULL THEN g.supervisor_id END
FROM series_before n
JOIN supervision_group g ON g.id = n.group_id;

CREATE INDEX series_by_group ON series (group_id);

-- One meeting, with an identity that attendance, apologies and actions hang on.
CREATE TABLE session (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    series_id BLOB NOT NULL REFERENCES series (id),
    -- Who leads this session: the group's supervisor, or cover.
    supervisor_id BLOB NOT NULL REFERENCES person (id),
    starts_local TEXT NOT NULL,
    zone TEXT NOT NULL CHECK (zone = 'Europe/London'),
    length_minutes INTEGER NOT NULL CHECK (length_minutes > 0),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    cancelled_at TEXT,
    cancelled_reason TEXT NOT NULL,
    -- When the supervisor finished the attendance, and whether the chase for it has begun.
    marked_at TEXT,
    chased_at TEXT,
    version INTEGER NOT NULL,
    -- The date of the pattern that the session stands for, which stays when the session alone is moved. Empty where the pattern has no date for it any
    -- more. Its place in the series, "session 4 of 10", follows from it.
    slot TEXT,
    -- Where this session is held and what it is called; empty where that is the group's.
    place TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    UNIQUE (series_id, slot)
) STRICT;

INSERT INTO session (id, code, group_id, series_id, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_at,
    cancelled_reason, marked_at, chased_at, version, slot)
SELECT id, code, group_id, series_id, supervisor_id, starts_local, zone, length_minutes, starts_at, ends_at, cancelled_at, cancelled_reason, marked_at,
    chased_at, version, SUBSTR(starts_local, 1, 10)
FROM session_before;

CREATE INDEX session_by_group ON session (group_id, starts_at);
CREATE INDEX session_by_supervisor ON session (supervisor_id, starts_at);
CREATE INDEX session_by_time ON session (starts_at);
CREATE INDEX session_unmarked ON session (ends_at) WHERE marked_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX session_to_mark ON session (supervisor_id, ends_at) WHERE marked_at IS NULL AND cancelled_at IS NULL;

DROP TABLE session_before;
DROP TABLE series_before;

-- One edit of a published series, as rows that were and rows that are to be, so that it can be taken back exactly. Kept for a day.
CREATE TABLE series_change (
    id BLOB PRIMARY KEY NOT NULL,
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    -- The session in hand; no reference, since the undo of an earlier change may take it back.
    session_id BLOB NOT NULL,
    made_by BLOB NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL,
    delta TEXT NOT NULL,
    undone_at TEXT
) STRICT;

CREATE INDEX series_change_by_group ON series_change (group_id, made_at);
CREATE INDEX series_change_by_time ON series_change (made_at);

-- The change that a message tells of: an undo takes back what has not left yet.
ALTER TABLE message ADD COLUMN about BLOB;
CREATE INDEX message_about ON message (about) WHERE about IS NOT NULL;

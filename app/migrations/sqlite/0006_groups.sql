-- Supervision groups: the central object. One-to-one supervision is a group of one.
CREATE TABLE supervision_group (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('group', 'one_to_one', 'vig', 'supervisors')),
    supervisor_id BLOB NOT NULL REFERENCES person (id),
    -- How to meet: the outside room's address and telephone number, or a place.
    mode TEXT NOT NULL CHECK (mode IN ('online', 'in_person')),
    room_url TEXT NOT NULL,
    room_phone TEXT NOT NULL,
    place TEXT NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 8),
    created_at TEXT NOT NULL,
    ended_at TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX supervision_group_by_supervisor ON supervision_group (supervisor_id);

CREATE TABLE membership (
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    joined_on TEXT NOT NULL,
    left_on TEXT,
    PRIMARY KEY (group_id, person_id, joined_on)
) STRICT;

-- A person is in a group once at a time.
CREATE UNIQUE INDEX membership_current ON membership (person_id, group_id) WHERE left_on IS NULL;
CREATE INDEX membership_of_group ON membership (group_id) WHERE left_on IS NULL;
-- Somebody's calendar holds what fell within any of their memberships, also those that have ended.
CREATE INDEX membership_of_person ON membership (person_id, group_id);

-- One row, taken by one change of who supervises whom at a time: two that together would close a circle must not both find it open.
CREATE TABLE supervision_lock (
    only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1)
) STRICT;

INSERT INTO supervision_lock (only_row) VALUES (1);

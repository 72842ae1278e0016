-- Events of the community: webinars, journal clubs, reading circles and training days. Each has one home space, and whoever may read that may come.
CREATE TABLE event (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('webinar', 'journal_club', 'reading_circle', 'training_day')),
    title TEXT NOT NULL,
    -- Who speaks, in words; may be empty.
    speaker TEXT NOT NULL,
    -- What it is about: Markdown as it was typed, and the HTML that was made of it once.
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    space_id BLOB NOT NULL REFERENCES space (id),
    host_id BLOB NOT NULL REFERENCES person (id),
    -- How to meet: the outside room's address, or a place.
    mode TEXT NOT NULL CHECK (mode IN ('online', 'in_person')),
    room_url TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_local TEXT NOT NULL,
    zone TEXT NOT NULL CHECK (zone = 'Europe/London'),
    length_minutes INTEGER NOT NULL CHECK (length_minutes > 0),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    -- How many places there are; empty for as many as want to come.
    capacity INTEGER CHECK (capacity > 0),
    -- How many hours before the beginning nobody can say any more that they come.
    closes_hours INTEGER NOT NULL CHECK (closes_hours >= 0),
    -- What it counts for in the CPD log of whoever was there.
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    made_at TEXT NOT NULL,
    -- Empty of a draft, which its host alone and those who manage events see.
    published_at TEXT,
    cancelled_at TEXT,
    cancelled_reason TEXT NOT NULL,
    -- When the attendance was finished.
    marked_at TEXT,
    version INTEGER NOT NULL CHECK (version > 0),
    CHECK ((cancelled_at IS NULL) = (cancelled_reason = '')),
    CHECK (published_at IS NOT NULL OR (cancelled_at IS NULL AND marked_at IS NULL))
) STRICT;

CREATE INDEX event_by_time ON event (starts_at, id);
CREATE INDEX event_by_space ON event (space_id);
CREATE INDEX event_by_host ON event (host_id, starts_at);

-- What somebody answered. Whoever said yes has a place; once all are taken, whoever says yes waits, by when they answered.
CREATE TABLE event_answer (
    event_id BLOB NOT NULL REFERENCES event (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'waiting', 'no')),
    answered_at TEXT NOT NULL,
    -- How they were there, of those who had a place.
    state TEXT CHECK (state IN ('attended', 'late', 'left_early', 'apologies', 'did_not_attend', 'cancelled_by_member')),
    minutes INTEGER CHECK (minutes >= 0),
    PRIMARY KEY (event_id, person_id),
    CHECK (state IS NULL OR answer = 'yes')
) STRICT;

CREATE INDEX event_answer_by_person ON event_answer (person_id, event_id);

-- What of the library is worth reading before it.
CREATE TABLE event_reading (
    event_id BLOB NOT NULL REFERENCES event (id),
    item_id BLOB NOT NULL REFERENCES library_item (id),
    PRIMARY KEY (event_id, item_id)
) STRICT;

CREATE INDEX event_reading_by_item ON event_reading (item_id);

-- That everybody was reminded of an event who wanted to be, so many hours before. The beginning is part of the key: an event that moves is reminded of
-- anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE event_reminder (
    event_id UUID NOT NULL REFERENCES event (id),
    hours_before BIGINT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (event_id, hours_before, starts_at)
);

CREATE INDEX event_reminder_by_beginning ON event_reminder (starts_at);

-- That people who had a place at an event, or waited for one, belonged no more to those whom it is for: how many, and how many places went on to those who
-- waited. Who it was, and why, is not kept.
CREATE TABLE event_lapse (
    event_id UUID NOT NULL REFERENCES event (id),
    lapsed_at TIMESTAMPTZ NOT NULL,
    places BIGINT NOT NULL CHECK (places >= 0),
    waiting BIGINT NOT NULL CHECK (waiting >= 0),
    passed_on BIGINT NOT NULL CHECK (passed_on >= 0),
    PRIMARY KEY (event_id, lapsed_at)
);

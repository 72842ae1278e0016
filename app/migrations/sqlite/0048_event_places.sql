-- That everybody was reminded of an event who wanted to be, so many hours before. The beginning is part of the key: an event that moves is reminded of
-- anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE event_reminder (
    event_id BLOB NOT NULL REFERENCES event (id),
    hours_before INTEGER NOT NULL,
    starts_at TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (event_id, hours_before, starts_at)
) STRICT;

CREATE INDEX event_reminder_by_beginning ON event_reminder (starts_at);

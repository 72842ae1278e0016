-- When it was written down, once after the beginning of an event, whose places had lapsed by then. From then on the answers stand as they are; until then a
-- place of whoever belongs no more is none, for whoever reads it.
ALTER TABLE event ADD COLUMN settled_at TEXT;

-- What had begun before this was kept stands as it was.
UPDATE event
SET settled_at = starts_at
WHERE published_at IS NOT NULL
    AND starts_at <= STRFTIME('%Y-%m-%dT%H:%M:%S', 'now');

CREATE INDEX event_to_settle ON event (starts_at, id) WHERE settled_at IS NULL AND published_at IS NOT NULL AND cancelled_at IS NULL;

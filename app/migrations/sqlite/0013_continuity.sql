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

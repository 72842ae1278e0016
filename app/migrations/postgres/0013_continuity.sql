-- What keeps supervision from lapsing unseen.

-- A series after which nothing is planned: when those who plan were asked what comes next, and what they decided.
CREATE TABLE renewal (
    series_id UUID PRIMARY KEY NOT NULL REFERENCES series (id),
    -- Whoever sets the moment writes the messages, so that of several processes one does.
    asked_at TIMESTAMPTZ,
    decision TEXT CHECK (decision IN ('later', 'review', 'end')),
    -- The day for which it was decided. Once it has passed and nothing later is planned, the question is open again.
    decided_for DATE,
    decided_by UUID REFERENCES person (id),
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((decision IS NULL) = (decided_for IS NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL)),
    CHECK ((decision IS NULL) = (decided_at IS NULL))
);

-- How many hours before a session somebody is reminded of it, twice at most; nought is never. Whoever has not chosen has no row.
CREATE TABLE reminder_choice (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    first_hours BIGINT NOT NULL CHECK (first_hours >= 0),
    second_hours BIGINT NOT NULL CHECK (second_hours >= 0)
);

-- That everybody was reminded of a session who wanted to be, so many hours before. The beginning is part of the key: a session that moves is
-- reminded of anew. Whoever inserts the row writes the messages, so that of several processes one does.
CREATE TABLE reminder (
    session_id UUID NOT NULL REFERENCES session (id),
    hours_before BIGINT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session_id, hours_before, starts_at)
);

CREATE INDEX reminder_by_beginning ON reminder (starts_at);

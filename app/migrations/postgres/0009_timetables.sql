-- Series that are edited after they were published: sessions have a slot of their series, series a rhythm by weeks or months and an end or none.

-- Weeks from one session to the next, or months on a weekday of the month ("the second Tuesday"): one of the two.
ALTER TABLE series ALTER COLUMN every_weeks DROP NOT NULL;
ALTER TABLE series ADD COLUMN every_months BIGINT CHECK (every_months BETWEEN 1 AND 12);
ALTER TABLE series ADD COLUMN month_place TEXT CHECK (month_place IN ('first', 'second', 'third', 'fourth', 'fifth', 'last'));
-- How far a series without an end has been planned.
ALTER TABLE series ADD COLUMN horizon_on DATE;
-- What its sessions have but for those that differ: who leads them (empty in a draft, which the group's supervisor will lead), where and under
-- which title (empty where that is the group's).
ALTER TABLE series ADD COLUMN supervisor_id UUID REFERENCES person (id);
ALTER TABLE series ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE series ADD COLUMN title TEXT NOT NULL DEFAULT '';

UPDATE series
SET supervisor_id = (SELECT supervisor_id FROM supervision_group g WHERE g.id = series.group_id)
WHERE published_at IS NOT NULL;

ALTER TABLE series DROP CONSTRAINT series_check;
ALTER TABLE series ADD CHECK ((every_weeks IS NULL) <> (every_months IS NULL));
ALTER TABLE series ADD CHECK ((every_months IS NULL) = (month_place IS NULL));
ALTER TABLE series ADD CHECK (until_on IS NULL OR times IS NULL);
ALTER TABLE series ADD CHECK (horizon_on IS NULL OR (until_on IS NULL AND times IS NULL));
ALTER TABLE series ADD CHECK ((published_at IS NULL) = (supervisor_id IS NULL));

-- The date of the pattern that the session stands for, which stays when the session alone is moved. Empty where the pattern has no date for it any
-- more. Its place in the series, "session 4 of 10", follows from it.
ALTER TABLE session ADD COLUMN slot DATE;
-- Where this session is held and what it is called; empty where that is the group's.
ALTER TABLE session ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN title TEXT NOT NULL DEFAULT '';
UPDATE session SET slot = CAST(starts_local AS DATE);
ALTER TABLE session DROP COLUMN number;
ALTER TABLE session ADD UNIQUE (series_id, slot);

-- One edit of a published series, as rows that were and rows that are to be, so that it can be taken back exactly. Kept for a day.
CREATE TABLE series_change (
    id UUID PRIMARY KEY NOT NULL,
    group_id UUID NOT NULL REFERENCES supervision_group (id),
    -- The session in hand; no reference, since the undo of an earlier change may take it back.
    session_id UUID NOT NULL,
    made_by UUID NOT NULL REFERENCES person (id),
    made_at TIMESTAMPTZ NOT NULL,
    delta JSONB NOT NULL,
    undone_at TIMESTAMPTZ
);

CREATE INDEX series_change_by_group ON series_change (group_id, made_at);
CREATE INDEX series_change_by_time ON series_change (made_at);

-- The change that a message tells of: an undo takes back what has not left yet.
ALTER TABLE message ADD COLUMN about UUID;
CREATE INDEX message_about ON message (about) WHERE about IS NOT NULL;

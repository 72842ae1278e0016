-- What an agreement promises, and what was kept as it is until a change was made.

-- How far apart the sessions are that the text promises: weeks or months, or neither where nothing was planned when it was proposed.
ALTER TABLE agreement ADD COLUMN promised_weeks INTEGER CHECK (promised_weeks BETWEEN 1 AND 52);
ALTER TABLE agreement ADD COLUMN promised_months INTEGER CHECK (promised_months BETWEEN 1 AND 12);
-- Until now the series was taken for the promise.
UPDATE agreement
SET promised_weeks = (
        SELECT n.every_weeks
        FROM series n
        WHERE n.group_id = agreement.group_id AND n.published_at IS NOT NULL
        ORDER BY n.published_at DESC, n.id DESC
        LIMIT 1
    ),
    promised_months = (
        SELECT n.every_months
        FROM series n
        WHERE n.group_id = agreement.group_id AND n.published_at IS NOT NULL
        ORDER BY n.published_at DESC, n.id DESC
        LIMIT 1
    )
WHERE ended_at IS NULL;

-- Conflicts that a change kept with a reason, each with what had been kept of the same session before, so that an undo brings that back.
ALTER TABLE series_change ADD COLUMN kept TEXT NOT NULL DEFAULT '[]';

CREATE INDEX kept_conflict_by_time ON kept_conflict (starts_at);

-- A conflict is left as it is for one person, whoever leads the session or is there beside them: that it is so for one says nothing of the other. What was
-- left so before is that of whoever leads.
--
-- SQLite changes no key of a table that is there, so this one is made anew. Nothing refers to it.
CREATE TABLE kept_conflict_before AS SELECT * FROM kept_conflict;
DROP TABLE kept_conflict;

-- A conflict that is left as it is, for as long as the session stays at its time.
CREATE TABLE kept_conflict (
    session_id BLOB NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('agreed', 'only_time', 'only_once', 'other')),
    kept_by BLOB NOT NULL REFERENCES person (id),
    kept_at TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (session_id, kind, person_id)
) STRICT;

CREATE INDEX kept_conflict_by_time ON kept_conflict (starts_at);

INSERT INTO kept_conflict (session_id, kind, starts_at, reason, kept_by, kept_at, person_id)
SELECT k.session_id, k.kind, k.starts_at, k.reason, k.kept_by, k.kept_at, s.supervisor_id
FROM kept_conflict_before k
JOIN session s ON s.id = k.session_id;
DROP TABLE kept_conflict_before;

-- What an undo would take back of it names nobody yet, and says nothing once its session is at another time.
UPDATE series_change SET kept = '[]';

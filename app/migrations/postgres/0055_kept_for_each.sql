-- A conflict is left as it is for one person, whoever leads the session or is there beside them: that it is so for one says nothing of the other. What was
-- left so before is that of whoever leads.
ALTER TABLE kept_conflict ADD COLUMN person_id UUID REFERENCES person (id);

UPDATE kept_conflict
SET person_id = s.supervisor_id
FROM session s
WHERE s.id = kept_conflict.session_id;

ALTER TABLE kept_conflict ALTER COLUMN person_id SET NOT NULL;
ALTER TABLE kept_conflict DROP CONSTRAINT kept_conflict_pkey;
ALTER TABLE kept_conflict ADD PRIMARY KEY (session_id, kind, person_id);

-- What an undo would take back of it names nobody yet, and says nothing once its session is at another time.
UPDATE series_change SET kept = '[]';

-- Who led a session's group when it was held, where the group has another supervisor by now: without it a session that somebody led for their own group
-- would read as cover from the day on which the group is handed over. Nothing is kept while the group has the supervisor that it had.
ALTER TABLE session ADD COLUMN group_was_of BLOB REFERENCES person (id);

CREATE INDEX session_of_group_before ON session (group_was_of, starts_at) WHERE group_was_of IS NOT NULL;

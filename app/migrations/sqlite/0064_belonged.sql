-- Whether somebody with a place at an event, or who waits for one, belonged to those whom it is for as it began: noted before that changes, of an event that has
-- begun and whose answers do not stand yet; empty otherwise.
ALTER TABLE event_answer ADD COLUMN belonged INTEGER CHECK (belonged IN (0, 1));

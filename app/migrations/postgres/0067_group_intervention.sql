-- On which intervention a group is: the key of one, as registrations and the library have it; empty where it is on none in particular.
ALTER TABLE supervision_group ADD COLUMN intervention TEXT;

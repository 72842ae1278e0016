-- The version of the draft of its series that could not be published by itself: it is tried again once somebody has changed it.
ALTER TABLE asked_group ADD COLUMN refused_version INTEGER;

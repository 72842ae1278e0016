-- The name of a group as it is compared, in small letters and without accents. SQL cannot fold it: a server does so when it starts, for groups
-- that were there before, and whoever makes or renames a group does so at once.
ALTER TABLE supervision_group ADD COLUMN name_key TEXT NOT NULL DEFAULT '';

-- Since when an authority has been without a next step; nothing where it has one. Nobody knows it of those that were there before: they are
-- counted from the day on which a server first starts with this.
ALTER TABLE authority ADD COLUMN without_step_since TEXT;

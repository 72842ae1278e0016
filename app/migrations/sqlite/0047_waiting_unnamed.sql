-- Whether what waits is to bear its writer's name once it is shown. Whoever decides is not told whose it is.
ALTER TABLE held_post ADD COLUMN is_unnamed INTEGER NOT NULL DEFAULT 0 CHECK (is_unnamed IN (0, 1));

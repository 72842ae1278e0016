-- Whether a poll asks what the community takes up next, so that it stands beside what was heard and what was changed.
ALTER TABLE thread_poll ADD COLUMN is_about_topics INTEGER NOT NULL DEFAULT 0 CHECK (is_about_topics IN (0, 1));

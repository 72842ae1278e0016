-- Whether a poll asks what the community takes up next, so that it stands beside what was heard and what was changed.
ALTER TABLE thread_poll ADD COLUMN is_about_topics BOOLEAN NOT NULL DEFAULT FALSE;

-- Until when supervisors are cleared can be brought with them: each date that a file has changed, with what was written down before, so that it can be
-- taken back.
ALTER TABLE people_import_line ADD COLUMN clearances TEXT NOT NULL DEFAULT '[]';

-- On which day coordinators were last written to that nobody has been asked for a year what the community takes up next: one row at most. Whoever writes it
-- writes the letters, so that of several processes one does.
CREATE TABLE topics_letter (
    only_row BIGINT PRIMARY KEY NOT NULL CHECK (only_row = 1),
    written_on DATE NOT NULL
);

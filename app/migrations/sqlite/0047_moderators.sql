-- Whether what waits is to bear its writer's name once it is shown. Whoever decides is not told whose it is.
ALTER TABLE held_post ADD COLUMN is_unnamed INTEGER NOT NULL DEFAULT 0 CHECK (is_unnamed IN (0, 1));

-- Whom to write that there is something to decide, about which cases, and when: what comes within an hour is one letter.
CREATE TABLE moderation_call (
    person_id BLOB NOT NULL REFERENCES person (id),
    case_id BLOB NOT NULL REFERENCES moderation_case (id),
    due_at TEXT NOT NULL,
    PRIMARY KEY (person_id, case_id)
) STRICT;

CREATE INDEX moderation_call_by_due ON moderation_call (due_at);
CREATE INDEX moderation_call_of_case ON moderation_call (case_id);

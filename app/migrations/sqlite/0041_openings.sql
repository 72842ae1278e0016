-- Posts without a name, and what two people open together.

-- Whether people may post without their name in a space. The closed space of a group is not in this table, so nobody does there: among six people it
-- would be no more than a guess.
ALTER TABLE space ADD COLUMN allows_unnamed INTEGER NOT NULL DEFAULT 0 CHECK (allows_unnamed IN (0, 1));

-- A post without a name has no author in its row, nor has a thread that begins with one: a statement that joins people with posts finds nobody. SQLite
-- changes no constraint of a column that is there, so the column is made anew beside it and takes its name.
DROP INDEX thread_by_author;
ALTER TABLE thread ADD COLUMN named_id BLOB REFERENCES person (id);
UPDATE thread SET named_id = author_id;
ALTER TABLE thread DROP COLUMN author_id;
ALTER TABLE thread RENAME COLUMN named_id TO author_id;
CREATE INDEX thread_by_author ON thread (author_id);

DROP INDEX post_by_author;
ALTER TABLE post ADD COLUMN named_id BLOB REFERENCES person (id);
UPDATE post SET named_id = author_id;
ALTER TABLE post DROP COLUMN author_id;
ALTER TABLE post RENAME COLUMN named_id TO author_id;
CREATE INDEX post_by_author ON post (author_id);

-- Who wrote a post without a name. A test names the few places that read it.
CREATE TABLE author_apart (
    thread_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (thread_id, number),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
) STRICT;

CREATE INDEX author_apart_by_person ON author_apart (person_id);

-- Whether what somebody has begun to write is to bear their name.
ALTER TABLE post_draft ADD COLUMN is_unnamed INTEGER NOT NULL DEFAULT 0 CHECK (is_unnamed IN (0, 1));

-- Somebody asks to see who wrote a post without a name, or the closed space of a group; somebody else, in the other role, agrees or declines.
CREATE TABLE opening (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- The post, or the group.
    thread_id BLOB,
    number INTEGER,
    group_id BLOB REFERENCES supervision_group (id),
    ground TEXT NOT NULL CHECK (ground IN ('child_at_risk', 'adult_at_risk', 'harm_to_self_or_others', 'unsafe_practice', 'legal_duty')),
    words TEXT NOT NULL,
    -- Why whoever it concerns is not told at once; empty where they are.
    silence TEXT NOT NULL,
    hours INTEGER NOT NULL CHECK (hours IN (1, 4, 24)),
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_as TEXT NOT NULL CHECK (asked_as IN ('clinical_lead', 'safeguarding_lead')),
    asked_at TEXT NOT NULL,
    answered_by BLOB REFERENCES person (id),
    answered_as TEXT CHECK (answered_as IN ('clinical_lead', 'safeguarding_lead')),
    answered_at TEXT,
    is_agreed INTEGER CHECK (is_agreed IN (0, 1)),
    answer_words TEXT NOT NULL,
    -- Until when it waits for an answer, and once it is agreed, until when it is open.
    until TEXT NOT NULL,
    -- When whoever it concerns was told.
    told_at TEXT,
    -- When it was declined, or lapsed.
    ended_at TEXT,
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number),
    CHECK ((thread_id IS NULL) = (number IS NULL)),
    CHECK ((thread_id IS NULL) <> (group_id IS NULL)),
    CHECK ((answered_by IS NULL) = (answered_as IS NULL)),
    CHECK ((answered_by IS NULL) = (answered_at IS NULL)),
    CHECK ((answered_by IS NULL) = (is_agreed IS NULL)),
    -- Nobody opens anything alone, whatever roles they hold.
    CHECK (answered_by <> asked_by AND answered_as <> asked_as)
) STRICT;

-- The same is asked about once at a time.
CREATE UNIQUE INDEX opening_of_post ON opening (thread_id, number) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX opening_of_group ON opening (group_id) WHERE ended_at IS NULL;
-- When a space was opened, for those who read it.
CREATE INDEX opening_told ON opening (group_id, told_at);

-- Who of the two has looked, and when first.
CREATE TABLE opening_look (
    opening_id BLOB NOT NULL REFERENCES opening (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    looked_at TEXT NOT NULL,
    PRIMARY KEY (opening_id, person_id)
) STRICT;

-- The community. A space has no list of who is in it: who may read it follows from what people are and do. The closed space of a supervision
-- group is not in this table, since it is there because the group is; its id is the group's.
CREATE TABLE space (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('centre', 'intervention', 'region', 'supervisors', 'new_starters')),
    -- Which intervention, by its key, or which region, by its name.
    subject TEXT NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CHECK ((subject <> '') = (kind IN ('intervention', 'region')))
) STRICT;

-- Who looks after a space that is no group's. A group's space is looked after by its supervisor.
CREATE TABLE space_moderator (
    space_id BLOB NOT NULL REFERENCES space (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (space_id, person_id)
) STRICT;

CREATE INDEX space_moderator_by_person ON space_moderator (person_id);

-- How many threads a space has had, by which they are numbered. No reference: a space is in one of two tables.
CREATE TABLE space_count (
    space_id BLOB PRIMARY KEY NOT NULL,
    threads INTEGER NOT NULL
) STRICT;

CREATE TABLE thread (
    id BLOB PRIMARY KEY NOT NULL,
    -- A space, or a supervision group.
    space_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    -- The first words of what it begins with, as plain text; empty once that is withdrawn.
    excerpt TEXT NOT NULL,
    author_id BLOB NOT NULL REFERENCES person (id),
    started_at TEXT NOT NULL,
    -- The number of the last post: each takes the next one.
    posts INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    pinned_at TEXT,
    locked_at TEXT,
    UNIQUE (space_id, number)
) STRICT;

CREATE INDEX thread_by_activity ON thread (last_at, id);
CREATE INDEX thread_of_space ON thread (space_id, last_at, id);
CREATE INDEX thread_by_author ON thread (author_id);

-- The first post of a thread is what it begins with.
CREATE TABLE post (
    thread_id BLOB NOT NULL REFERENCES thread (id),
    number INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES person (id),
    -- The post of the same thread that it answers.
    quoted INTEGER,
    -- Markdown as it was typed, and the HTML that was made of it once. Both are empty once it is withdrawn.
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    written_at TEXT NOT NULL,
    edited_at TEXT,
    withdrawn_at TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (thread_id, number)
) STRICT;

CREATE INDEX post_by_author ON post (author_id);

-- What a post said before it was changed, for whoever looks after the space. Gone once the post is withdrawn.
CREATE TABLE post_before (
    thread_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    html TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (thread_id, number, version),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
) STRICT;

-- Who is meant by a code in a post. Only people who could read the space are ever in it.
CREATE TABLE mention (
    thread_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (thread_id, number, person_id),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
) STRICT;

CREATE INDEX mention_by_person ON mention (person_id, thread_id);

-- How far somebody has read a thread, and whether they want to hear of it.
CREATE TABLE thread_mark (
    person_id BLOB NOT NULL REFERENCES person (id),
    thread_id BLOB NOT NULL REFERENCES thread (id),
    read_to INTEGER NOT NULL,
    muted_at TEXT,
    PRIMARY KEY (person_id, thread_id)
) STRICT;

CREATE INDEX thread_mark_by_thread ON thread_mark (thread_id);

-- When somebody was here last and the time before, and the moment up to which everything counts as read.
CREATE TABLE community_visit (
    person_id BLOB PRIMARY KEY NOT NULL REFERENCES person (id),
    here_at TEXT NOT NULL,
    before_at TEXT,
    all_read_at TEXT
) STRICT;

CREATE TABLE saved_post (
    person_id BLOB NOT NULL REFERENCES person (id),
    thread_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (person_id, thread_id, number),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
) STRICT;

CREATE INDEX saved_post_of_post ON saved_post (thread_id, number);

-- What somebody has begun to write: in a space a new thread (number 0), in a thread a reply (number 0) or a change of a post (its number).
CREATE TABLE post_draft (
    person_id BLOB NOT NULL REFERENCES person (id),
    place_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (person_id, place_id, number)
) STRICT;

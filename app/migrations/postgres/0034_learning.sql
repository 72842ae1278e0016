-- The library: what is worth reading, in the Centre's own words, with where it is. What is taken out stays, so that whoever has read it keeps that.
CREATE TABLE library_item (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    -- Title and authors, folded, by which it is found and ordered.
    search_key TEXT NOT NULL,
    summary TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('guideline', 'standard', 'paper', 'book', 'tool', 'website')),
    authors TEXT NOT NULL,
    published_year BIGINT,
    link TEXT NOT NULL,
    -- The key of an intervention; empty where it is about parent-infant work in general.
    intervention TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('everyone', 'practitioners', 'supervisors')),
    licence TEXT NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    -- Empty until somebody has reviewed it.
    reviewed_on DATE,
    reviewed_by UUID REFERENCES person (id),
    review_due_on DATE NOT NULL,
    retired_at TIMESTAMPTZ,
    version BIGINT NOT NULL CHECK (version > 0),
    -- What was found at the link when it was last looked at, how many times in a row nothing answered, and when it is looked at next.
    link_state TEXT NOT NULL CHECK (link_state IN ('unchecked', 'answers', 'gone', 'unreachable')),
    link_failures BIGINT NOT NULL CHECK (link_failures >= 0),
    link_checked_at TIMESTAMPTZ,
    link_due_at TIMESTAMPTZ NOT NULL,
    CHECK ((reviewed_on IS NULL) = (reviewed_by IS NULL))
);

CREATE INDEX library_item_by_link_due ON library_item (link_due_at);
CREATE INDEX library_item_by_reviewer ON library_item (reviewed_by);

-- What somebody has put on their own list.
CREATE TABLE saved_item (
    person_id UUID NOT NULL REFERENCES person (id),
    item_id UUID NOT NULL REFERENCES library_item (id),
    saved_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person_id, item_id)
);

CREATE INDEX saved_item_by_item ON saved_item (item_id);

-- What somebody has read, on which day and for how long, as they say themselves.
CREATE TABLE reading (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    item_id UUID NOT NULL REFERENCES library_item (id),
    read_on DATE NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes > 0),
    UNIQUE (person_id, item_id)
);

CREATE INDEX reading_by_item ON reading (item_id);

-- Items in the order in which they are read, with why.
CREATE TABLE reading_list (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0)
);

CREATE TABLE reading_list_item (
    list_id UUID NOT NULL REFERENCES reading_list (id) ON DELETE CASCADE,
    place BIGINT NOT NULL CHECK (place > 0),
    item_id UUID NOT NULL REFERENCES library_item (id),
    PRIMARY KEY (list_id, place),
    UNIQUE (list_id, item_id)
);

CREATE INDEX reading_list_item_by_item ON reading_list_item (item_id);

-- A learning page that somebody has finished, the first time that they did, as it was called and for as long as it counted then.
CREATE TABLE learning_completion (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    page TEXT NOT NULL,
    title TEXT NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes > 0),
    completed_at TIMESTAMPTZ NOT NULL,
    UNIQUE (person_id, page)
);

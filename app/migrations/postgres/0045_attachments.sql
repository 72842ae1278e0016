-- Where files can be attached to posts: nowhere, unless whoever looks after a space allows it. A space, or a supervision group.
CREATE TABLE space_with_files (
    space_id UUID PRIMARY KEY NOT NULL,
    allowed_by UUID NOT NULL REFERENCES person (id),
    allowed_at TIMESTAMPTZ NOT NULL
);

-- A file of a post, or of what somebody has begun to write. It is stored as it was made anew here, not as it was sent.
CREATE TABLE attachment (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- Who begins to write. Whose a file of a post is stands with the post, which may bear no name.
    person_id UUID REFERENCES person (id),
    -- The space in which a thread is begun, or the thread that is replied to.
    place_id UUID NOT NULL,
    -- Which of the few that a post can have.
    slot BIGINT NOT NULL CHECK (slot BETWEEN 1 AND 3),
    -- The post, once it is posted.
    thread_id UUID,
    number BIGINT,
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'pdf', 'png')),
    description TEXT NOT NULL,
    -- Of a picture, in points.
    width BIGINT,
    height BIGINT,
    added_at TIMESTAMPTZ NOT NULL,
    bytes BIGINT NOT NULL,
    content BYTEA NOT NULL,
    CHECK ((thread_id IS NULL) = (number IS NULL)),
    CHECK ((person_id IS NULL) = (number IS NOT NULL)),
    CHECK ((width IS NULL) = (kind = 'pdf') AND (height IS NULL) = (kind = 'pdf')),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
);

CREATE UNIQUE INDEX attachment_of_draft ON attachment (person_id, place_id, slot) WHERE thread_id IS NULL;
CREATE UNIQUE INDEX attachment_of_post ON attachment (thread_id, number, slot) WHERE thread_id IS NOT NULL;

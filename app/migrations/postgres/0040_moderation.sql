-- Whether what is written in a space is looked at before others see it: never, the first of each writer, or all of it.
ALTER TABLE space ADD COLUMN approval TEXT NOT NULL DEFAULT 'off' CHECK (approval IN ('off', 'first', 'all'));

-- Since when every reply to a heated thread is looked at first.
ALTER TABLE thread ADD COLUMN slowed_at TIMESTAMPTZ;

-- Whether a moderator hid the post, for good or until its author changes it. What it says is put aside then, so that nothing that reads posts can show it.
ALTER TABLE post ADD COLUMN hidden_as TEXT CHECK (hidden_as IN ('hidden', 'to_change'));

-- What a hidden post says, and what its thread is called where the thread begins with it. For its author and for those who decide.
CREATE TABLE hidden_post (
    thread_id UUID NOT NULL,
    number BIGINT NOT NULL,
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    PRIMARY KEY (thread_id, number),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
);

-- What somebody has to decide: about a post that was reported, or about one that waits to be seen.
CREATE TABLE moderation_case (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'waiting')),
    -- A space, or a supervision group.
    space_id UUID NOT NULL,
    -- Who wrote what is decided about.
    author_id UUID NOT NULL REFERENCES person (id),
    -- The post that was reported.
    thread_id UUID,
    number BIGINT,
    opened_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'appealed', 'closed')),
    closed_at TIMESTAMPTZ,
    assignee_id UUID REFERENCES person (id),
    -- When the supervisor of a group asked for somebody else to decide.
    passed_on_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number),
    CHECK ((kind = 'report') = (thread_id IS NOT NULL AND number IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);

-- All that is reported of a post while nothing is decided goes into one case.
CREATE UNIQUE INDEX moderation_case_of_post ON moderation_case (thread_id, number) WHERE state <> 'closed';
CREATE INDEX moderation_case_earlier ON moderation_case (thread_id, number);
CREATE INDEX moderation_case_to_decide ON moderation_case (opened_at) WHERE state <> 'closed';
CREATE INDEX moderation_case_by_author ON moderation_case (author_id);
CREATE INDEX moderation_case_by_assignee ON moderation_case (assignee_id);
CREATE INDEX moderation_case_closed ON moderation_case (closed_at);

-- What waits to be seen: a post only once somebody has looked at it, so that until then nothing that reads posts can show it.
CREATE TABLE held_post (
    case_id UUID PRIMARY KEY NOT NULL REFERENCES moderation_case (id),
    author_id UUID NOT NULL REFERENCES person (id),
    -- The thread; empty of a new one until it is shown.
    thread_id UUID REFERENCES thread (id),
    -- The post that it would change, and once it is shown the post that it has become.
    number BIGINT,
    quoted BIGINT,
    -- Empty but of a new thread.
    title TEXT NOT NULL,
    -- Empty once it is shown or withdrawn.
    source TEXT NOT NULL,
    html TEXT NOT NULL,
    because TEXT NOT NULL CHECK (because IN ('first', 'all', 'slowed', 'marked', 'asked_for')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent_back', 'shown', 'withdrawn')),
    written_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX held_post_by_author ON held_post (author_id, thread_id);
CREATE INDEX held_post_of_thread ON held_post (thread_id);

CREATE TABLE post_report (
    code TEXT PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES moderation_case (id),
    reporter_id UUID NOT NULL REFERENCES person (id),
    thread_id UUID NOT NULL,
    number BIGINT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('identifies', 'unkind', 'unsafe', 'safeguarding', 'other')),
    words TEXT NOT NULL,
    -- Somebody who looks after the space and whom it is about: they decide nothing of it and are told nothing.
    about_id UUID REFERENCES person (id),
    -- Which version of the post was read.
    version BIGINT NOT NULL,
    reported_at TIMESTAMPTZ NOT NULL,
    -- Once for each person and post.
    UNIQUE (reporter_id, thread_id, number),
    FOREIGN KEY (thread_id, number) REFERENCES post (thread_id, number)
);

CREATE INDEX post_report_of_case ON post_report (case_id, reported_at);
CREATE INDEX post_report_by_about ON post_report (about_id);
CREATE INDEX post_report_of_post ON post_report (thread_id, number);

CREATE TABLE moderation_decision (
    code TEXT PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES moderation_case (id),
    decided_by UUID NOT NULL REFERENCES person (id),
    -- Since when it was to be decided.
    asked_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('leave', 'warn', 'ask', 'hide', 'pause', 'show', 'send_back')),
    -- Empty where nothing was wrong.
    reason TEXT CHECK (reason IN ('identifies', 'unkind', 'unsafe', 'safeguarding', 'other')),
    -- What the author is told beside it.
    words TEXT NOT NULL
);

CREATE INDEX moderation_decision_of_case ON moderation_decision (case_id, decided_at);
CREATE INDEX moderation_decision_by_person ON moderation_decision (decided_by);
CREATE INDEX moderation_decision_by_day ON moderation_decision (decided_at);

-- Somebody asks for another to decide again: once each.
CREATE TABLE appeal (
    case_id UUID NOT NULL REFERENCES moderation_case (id),
    person_id UUID NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    appealed_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (case_id, person_id)
);

CREATE INDEX appeal_by_person ON appeal (person_id);

-- While somebody posts nothing in a space.
CREATE TABLE posting_pause (
    decision TEXT PRIMARY KEY NOT NULL REFERENCES moderation_decision (code),
    person_id UUID NOT NULL REFERENCES person (id),
    space_id UUID NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    -- Ended before its time, since another decided otherwise.
    ended_at TIMESTAMPTZ
);

CREATE INDEX posting_pause_of_person ON posting_pause (person_id, space_id);

-- What those who handle a case tell one another, and nobody else.
CREATE TABLE moderation_note (
    id UUID PRIMARY KEY NOT NULL,
    case_id UUID NOT NULL REFERENCES moderation_case (id),
    author_id UUID NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    written_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX moderation_note_of_case ON moderation_note (case_id, written_at);
CREATE INDEX moderation_note_by_author ON moderation_note (author_id);

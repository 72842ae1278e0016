-- Days on which the Centre is closed, beside the bank holidays that the engine knows.
CREATE TABLE closure (
    id UUID PRIMARY KEY NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    reason TEXT NOT NULL,
    CHECK (ends_on >= starts_on)
);

-- The rhythm of a group. Local time and zone are the truth.
CREATE TABLE series (
    id UUID PRIMARY KEY NOT NULL,
    group_id UUID NOT NULL REFERENCES supervision_group (id),
    starts_on DATE NOT NULL,
    starts_time TIME NOT NULL,
    zone TEXT NOT NULL CHECK (zone = 'Europe/London'),
    length_minutes BIGINT NOT NULL CHECK (length_minutes > 0),
    every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
    until_on DATE,
    times BIGINT,
    -- What the person who made it was shown as left out, each with its reason.
    skips JSONB NOT NULL,
    published_at TIMESTAMPTZ,
    -- A draft that was deleted is shown nowhere. Its row stays, so that no other series moves to its place in the group's addresses.
    deleted_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((until_on IS NULL) <> (times IS NULL)),
    CHECK (published_at IS NULL OR deleted_at IS NULL)
);

CREATE INDEX series_by_group ON series (group_id);

-- One meeting, with an identity that attendance, apologies and actions hang on.
CREATE TABLE session (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    group_id UUID NOT NULL REFERENCES supervision_group (id),
    series_id UUID NOT NULL REFERENCES series (id),
    -- The place in the series, counted from one, and how many there are in all.
    number BIGINT NOT NULL,
    -- Who leads this session: the group's supervisor, or cover.
    supervisor_id UUID NOT NULL REFERENCES person (id),
    starts_local TIMESTAMP NOT NULL,
    zone TEXT NOT NULL CHECK (zone = 'Europe/London'),
    length_minutes BIGINT NOT NULL CHECK (length_minutes > 0),
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    cancelled_at TIMESTAMPTZ,
    cancelled_reason TEXT NOT NULL,
    -- When the supervisor finished the attendance, and whether the chase for it has begun.
    marked_at TIMESTAMPTZ,
    chased_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    UNIQUE (series_id, number)
);

CREATE INDEX session_by_group ON session (group_id, starts_at);
CREATE INDEX session_by_supervisor ON session (supervisor_id, starts_at);
CREATE INDEX session_by_time ON session (starts_at);
CREATE INDEX session_unmarked ON session (ends_at) WHERE marked_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX session_to_mark ON session (supervisor_id, ends_at) WHERE marked_at IS NULL AND cancelled_at IS NULL;

-- One person at one session: apologies ahead, and what the supervisor marks afterwards.
CREATE TABLE attendance (
    session_id UUID NOT NULL REFERENCES session (id),
    person_id UUID NOT NULL REFERENCES person (id),
    apologies_at TIMESTAMPTZ,
    -- Only the person and the supervisor read it.
    apologies_reason TEXT NOT NULL,
    state TEXT CHECK (state IN ('attended', 'late', 'left_early', 'apologies', 'did_not_attend', 'cancelled_by_member', 'cancelled_by_centre')),
    -- Minutes present, where it was not the whole session.
    minutes BIGINT CHECK (minutes >= 0),
    PRIMARY KEY (session_id, person_id)
);

CREATE INDEX attendance_by_person ON attendance (person_id, session_id);

-- What somebody said they would do; carried to each next session until it is done.
CREATE TABLE agreed_action (
    id UUID PRIMARY KEY NOT NULL,
    group_id UUID NOT NULL REFERENCES supervision_group (id),
    session_id UUID NOT NULL REFERENCES session (id),
    owner_id UUID NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ
);

CREATE INDEX agreed_action_by_group ON agreed_action (group_id, created_at);
CREATE INDEX agreed_action_open ON agreed_action (owner_id) WHERE done_at IS NULL;

-- What was changed about somebody's attendance after it had been finished, and why: the register keeps its history.
CREATE TABLE attendance_correction (
    id UUID PRIMARY KEY NOT NULL,
    session_id UUID NOT NULL REFERENCES session (id),
    person_id UUID NOT NULL REFERENCES person (id),
    state_before TEXT,
    minutes_before BIGINT,
    state_after TEXT NOT NULL,
    minutes_after BIGINT,
    -- One of a list, never free text, which could hold what belongs to somebody's health.
    reason TEXT NOT NULL,
    corrected_by UUID NOT NULL REFERENCES person (id),
    corrected_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX attendance_correction_by_session ON attendance_correction (session_id, corrected_at);

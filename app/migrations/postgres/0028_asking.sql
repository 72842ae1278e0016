-- A group of a matching round whose people are asked whether they would be in it. What they were asked about is never changed.
CREATE TABLE asked_group (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    round_id UUID NOT NULL REFERENCES matching_round (id),
    kind TEXT NOT NULL CHECK (kind IN ('group', 'vig', 'supervisors')),
    supervisor_id UUID NOT NULL REFERENCES person (id),
    mode TEXT NOT NULL CHECK (mode IN ('online', 'in_person')),
    -- Where it meets in person, or empty.
    region TEXT NOT NULL,
    -- When it meets in the two weeks of its round: the week, the day from Monday, and the minute after midnight.
    week BIGINT NOT NULL CHECK (week IN (0, 1)),
    day BIGINT NOT NULL CHECK (day BETWEEN 0 AND 6),
    start_minute BIGINT NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    length_minutes BIGINT NOT NULL CHECK (length_minutes > 0),
    -- How few are enough, and how many were proposed.
    least BIGINT NOT NULL CHECK (least > 0),
    places BIGINT NOT NULL CHECK (places >= least),
    asked_by UUID NOT NULL REFERENCES person (id),
    asked_at TIMESTAMPTZ NOT NULL,
    -- When it was made, or taken back; then nobody answers any more.
    closed_at TIMESTAMPTZ,
    -- The group that was made of it.
    group_id UUID REFERENCES supervision_group (id),
    -- Rises with every answer and everybody who is asked.
    version BIGINT NOT NULL,
    CHECK (group_id IS NULL OR closed_at IS NOT NULL)
);

-- A group of a round is asked about once, unless that was taken back.
CREATE UNIQUE INDEX asked_group_once ON asked_group (round_id, supervisor_id, week, day, start_minute)
    WHERE closed_at IS NULL OR group_id IS NOT NULL;

-- Somebody who is asked whether they would be in a group, or lead it. There is deliberately no reason beside the answer.
CREATE TABLE asked_person (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    asked_group_id UUID NOT NULL REFERENCES asked_group (id),
    person_id UUID NOT NULL REFERENCES person (id),
    part TEXT NOT NULL CHECK (part IN ('practitioner', 'supervisor')),
    kind TEXT NOT NULL,
    asked_by UUID NOT NULL REFERENCES person (id),
    asked_at TIMESTAMPTZ NOT NULL,
    -- What was said of the others when they were asked, which stays as it was: otherwise it would tell who declines.
    others BIGINT NOT NULL CHECK (others >= 0),
    professions JSONB NOT NULL,
    authorities JSONB NOT NULL,
    answer TEXT CHECK (answer IN ('accepted', 'declined')),
    answered_at TIMESTAMPTZ,
    -- When the group was made, or taken back.
    ended_at TIMESTAMPTZ,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);

CREATE UNIQUE INDEX asked_person_once ON asked_person (asked_group_id, person_id);
-- A person is asked for one group of a kind at a time; whoever has declined is free for another.
CREATE UNIQUE INDEX asked_person_open ON asked_person (person_id, kind)
    WHERE part = 'practitioner' AND ended_at IS NULL AND (answer IS NULL OR answer = 'accepted');
CREATE INDEX asked_person_of_person ON asked_person (person_id) WHERE ended_at IS NULL;

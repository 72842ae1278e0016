-- Themes that supervisors raise from their groups, without anybody's name: no group is kept, and who raised one is kept to tell them what became of it
-- and shown to nobody.
CREATE TABLE gathered_theme (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    gathered_at TIMESTAMPTZ NOT NULL,
    -- What became of it, in words and with an address where there is one. Empty until it is decided.
    outcome TEXT CHECK (outcome IN ('resource', 'event', 'improvement', 'set_aside')),
    outcome_words TEXT NOT NULL,
    outcome_address TEXT NOT NULL,
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((outcome IS NULL) = (decided_at IS NULL))
);

CREATE TABLE raised_theme (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- Empty where they did not want to be told.
    raised_by UUID REFERENCES person (id),
    raised_on DATE NOT NULL,
    words TEXT NOT NULL,
    groups_met BIGINT NOT NULL CHECK (groups_met BETWEEN 1 AND 50),
    intervention TEXT NOT NULL CHECK (intervention IN ('general', 'vig', 'other')),
    gathered_id UUID REFERENCES gathered_theme (id)
);

CREATE INDEX raised_theme_by_person ON raised_theme (raised_by);
CREATE INDEX raised_theme_by_gathered ON raised_theme (gathered_id);

-- "You said, we did": what the Centre heard and what it changed, for everybody to read.
CREATE TABLE improvement (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    -- The theme that it came of, if it came of one.
    gathered_id UUID UNIQUE REFERENCES gathered_theme (id),
    changed_on DATE NOT NULL,
    heard TEXT NOT NULL,
    changed TEXT NOT NULL
);

CREATE INDEX improvement_by_day ON improvement (changed_on);

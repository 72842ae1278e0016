-- The eligible local authorities, and where the Centre stands with each.
CREATE TABLE authority (
    id UUID PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Codes change (boundary orders, reorganisation), so the code is an attribute and never the key.
    gss_code TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('unitary_authority', 'metropolitan_district', 'london_borough', 'county')),
    stage TEXT NOT NULL CHECK (stage IN ('not_contacted', 'aware', 'assessed', 'agreed', 'active', 'paused')),
    owner_id UUID,
    next_step TEXT NOT NULL,
    next_step_on DATE,
    -- Rises with every change, so that two people who save at once are told.
    version BIGINT NOT NULL
);

CREATE INDEX authority_by_next_step ON authority (next_step_on);

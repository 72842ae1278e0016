-- What somebody notes for themselves beside an entry of their log. The entry itself is read from where it stands, and copied nowhere.
CREATE TABLE log_note (
    person_id UUID NOT NULL REFERENCES person (id),
    -- The kind of entry and its code: session-k3f9x2mv.
    entry TEXT NOT NULL,
    words TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    PRIMARY KEY (person_id, entry)
);

-- What the Centre vouches for to whoever is shown it, as it was recorded when the certificate was issued.
CREATE TABLE certificate (
    id UUID PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    holder TEXT NOT NULL,
    title TEXT NOT NULL,
    minutes BIGINT NOT NULL CHECK (minutes > 0),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- Of what it was issued, so that the same is not vouched for twice: learning:noticing, supervision:2026-04-01/2026-10-22.
    source TEXT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    revoked_by UUID REFERENCES person (id),
    -- Why, for the Centre alone.
    revoked_reason TEXT NOT NULL,
    CHECK (starts_on <= ends_on),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CHECK ((revoked_at IS NULL) = (revoked_reason = ''))
);

CREATE UNIQUE INDEX certificate_once ON certificate (person_id, source) WHERE revoked_at IS NULL;
CREATE INDEX certificate_by_revoker ON certificate (revoked_by);

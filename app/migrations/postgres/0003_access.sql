-- How people prove who they are. No secret is stored that could be used as it stands: passwords as argon2id, tokens and codes as SHA-256.
CREATE TABLE credential (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    password_hash TEXT NOT NULL,
    -- The shared secret of the one-time code (RFC 6238); empty until one is set up.
    code_secret BYTEA,
    -- The secret that is being set up; it takes the place of the other once a code from it was entered.
    code_pending BYTEA,
    -- When setting up began and on which sign-in: nobody else is shown that secret, and not for long.
    code_pending_at TIMESTAMPTZ,
    code_pending_by UUID,
    code_confirmed_at TIMESTAMPTZ,
    -- The last half minute for which a code was accepted: a code works once.
    code_last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    person_id UUID NOT NULL REFERENCES person (id),
    code_hash BYTEA NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (person_id, code_hash)
);

-- Called sign_in, since a session is always a supervision session here.
CREATE TABLE sign_in (
    id UUID PRIMARY KEY NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    stage TEXT NOT NULL CHECK (stage IN ('code_needed', 'code_set_up', 'complete')),
    -- When a one-time code was given; a role that needs one is not let in without, whenever it was given.
    code_given_at TIMESTAMPTZ,
    device TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX sign_in_by_person ON sign_in (person_id);
CREATE INDEX sign_in_by_expiry ON sign_in (expires_at);

-- Links that are sent by e-mail and work once.
CREATE TABLE one_time_link (
    id UUID PRIMARY KEY NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset', 'sign_in')),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

CREATE INDEX one_time_link_by_person ON one_time_link (person_id, purpose);
-- The newest link of each purpose is the one that works, whoever asks at once.
CREATE UNIQUE INDEX one_time_link_open ON one_time_link (person_id, purpose) WHERE used_at IS NULL;

-- Counts attempts per address and per person, as hashes, so that several processes limit together.
CREATE TABLE attempt (
    bucket BYTEA NOT NULL,
    id UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (bucket, id)
);

CREATE INDEX attempt_by_time ON attempt (made_at);

-- One row for each thing that is limited, taken while its attempts are counted: attempts at the very same moment are counted one by one.
CREATE TABLE attempt_bucket (
    bucket BYTEA PRIMARY KEY NOT NULL,
    last_at TIMESTAMPTZ NOT NULL
);

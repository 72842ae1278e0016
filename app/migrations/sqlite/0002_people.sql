-- Everybody who can be invited, and the roles that they hold.
CREATE TABLE person (
    id BLOB PRIMARY KEY NOT NULL,
    -- Eight characters that stand in addresses, where a name must not.
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    -- Both names in small letters without accents, by which people are searched for and put in order, alike on both databases.
    given_key TEXT NOT NULL,
    family_key TEXT NOT NULL,
    -- Lower case, so that one address is one person.
    email TEXT NOT NULL UNIQUE,
    profession TEXT NOT NULL,
    authority_id BLOB REFERENCES authority (id),
    standing TEXT NOT NULL CHECK (standing IN ('not_invited', 'invited', 'registered', 'suspended')),
    -- Where somebody suspended stood before, for the day on which the suspension is lifted.
    suspended_from TEXT CHECK (suspended_from IN ('not_invited', 'invited', 'registered')),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX person_by_name ON person (family_key, given_key, id);
CREATE INDEX person_by_authority ON person (authority_id);

CREATE TABLE person_role (
    person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('practitioner', 'supervisor', 'coordinator', 'clinical_lead', 'authority_lead', 'safeguarding_lead', 'department_viewer', 'evaluator', 'administrator')),
    PRIMARY KEY (person_id, role)
) STRICT;

CREATE INDEX person_role_by_role ON person_role (role, person_id);

-- What somebody searches people for, so that no name stands in an address. Forgotten after a day.
CREATE TABLE people_search (
    code TEXT PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE INDEX people_search_by_time ON people_search (made_at);

-- Who asks for supervision, for what kind, and when it suits. The order of a list is urgency, and then how long somebody has waited.
CREATE TABLE waiting_entry (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('group', 'pair', 'one_to_one', 'vig', 'supervisors', 'reflective')),
    way TEXT NOT NULL CHECK (way IN ('online', 'in_person', 'either')),
    -- Parts of weekdays, such as "thursday-morning".
    times TEXT NOT NULL,
    -- From 1 for now, without any supervision, to 5 for later.
    urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 5),
    -- A group by the name that somebody wrote, and which one that is. Whoever is in no group is not told which groups there are.
    wanted_words TEXT NOT NULL,
    wanted_group_id BLOB REFERENCES supervision_group (id),
    asked_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT CHECK (outcome IN ('left', 'placed')),
    version INTEGER NOT NULL,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

-- A person waits once for each kind of supervision.
CREATE UNIQUE INDEX waiting_entry_open ON waiting_entry (person_id, kind) WHERE ended_at IS NULL;
CREATE INDEX waiting_entry_of_person ON waiting_entry (person_id, ended_at);
CREATE INDEX waiting_entry_in_order ON waiting_entry (kind, urgency, asked_at) WHERE ended_at IS NULL;
CREATE INDEX waiting_entry_for_group ON waiting_entry (wanted_group_id) WHERE ended_at IS NULL;

-- A place that is held for somebody who waits. While an offer has not ended it counts among the places that are taken.
CREATE TABLE place_offer (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    entry_id BLOB NOT NULL REFERENCES waiting_entry (id),
    -- Whose entry it is, so that places are counted in one table.
    person_id BLOB NOT NULL REFERENCES person (id),
    group_id BLOB NOT NULL REFERENCES supervision_group (id),
    offered_by BLOB NOT NULL REFERENCES person (id),
    offered_at TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'expired', 'withdrawn', 'group_ended')),
    -- When the place went on to the next who fits. Whoever sets the moment does it, so that of several processes one does.
    passed_on_at TEXT,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

-- A person has one offer at a time for what they wait for.
CREATE UNIQUE INDEX place_offer_open ON place_offer (entry_id) WHERE ended_at IS NULL;
CREATE INDEX place_offer_of_group ON place_offer (group_id) WHERE ended_at IS NULL;
CREATE INDEX place_offer_of_person ON place_offer (person_id) WHERE ended_at IS NULL;
CREATE INDEX place_offer_ever ON place_offer (person_id, group_id);
CREATE INDEX place_offer_to_pass_on ON place_offer (holds_until) WHERE passed_on_at IS NULL AND (outcome IS NULL OR outcome = 'declined');

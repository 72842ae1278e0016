-- Whether somebody works for the authority with which they are entered, by the word of that authority: a row for each authority that they have been entered
-- with, so that of whoever moves it is asked anew. Without such a word the community is closed to whoever is entered with an authority.
CREATE TABLE work_confirmation (
    person_id BLOB NOT NULL REFERENCES person (id),
    authority_id BLOB NOT NULL REFERENCES authority (id),
    -- Since when the word of the authority is waited for, where it is.
    asked_at TEXT,
    -- When leads of the authority were written to about it, where any were.
    told_at TEXT,
    answer TEXT CHECK (answer IN ('works_there', 'does_not')),
    answered_at TEXT,
    -- Nobody for those who were here before authorities were asked: the Centre as a whole answers for them.
    answered_by BLOB REFERENCES person (id),
    answered_as TEXT CHECK (answered_as IN ('authority_lead', 'centre')),
    -- In a few words how the Centre knows it of the authority.
    how_known TEXT NOT NULL,
    PRIMARY KEY (person_id, authority_id),
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK ((answer IS NULL) = (answered_as IS NULL))
) STRICT;

CREATE INDEX work_confirmation_by_authority ON work_confirmation (authority_id, answer);
-- Today counts both of these, among all who were ever confirmed.
CREATE INDEX work_confirmation_of_nobody_there ON work_confirmation (person_id) WHERE answer = 'does_not';
CREATE INDEX work_confirmation_waiting ON work_confirmation (person_id) WHERE answer IS NULL;

INSERT INTO work_confirmation (person_id, authority_id, answer, answered_at, answered_as, how_known)
SELECT id, authority_id, 'works_there', created_at, 'centre', 'here before authorities were asked'
FROM person
WHERE authority_id IS NOT NULL;

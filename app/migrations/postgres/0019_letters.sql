-- What a supervisor is qualified to lead beside what every supervisor leads: Video Interaction Guidance, for whoever is accredited as its supervisor,
-- and the supervision of supervisors, for whoever is trained for it.
CREATE TABLE qualification (
    person_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('vig', 'supervisors')),
    PRIMARY KEY (person_id, kind)
);

-- Until now whoever led such a group was taken to be qualified for it.
INSERT INTO qualification (person_id, kind)
SELECT DISTINCT supervisor_id, kind
FROM supervision_group
WHERE kind IN ('vig', 'supervisors');

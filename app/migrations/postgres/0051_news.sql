-- From when on whoever a message is for finds it in their news; nothing where it is none: a link that lets somebody in, the rest of a change of a
-- calendar, and what was recalled. An attempt to send moves due_at on, and not this.
ALTER TABLE message ADD COLUMN told_at TIMESTAMPTZ;
-- Where it leads within the product, to a page that asks for a sign-in. The body, which goes once it has left, may hold links that let somebody in.
ALTER TABLE message ADD COLUMN leads_to TEXT;

CREATE INDEX message_told ON message (person_id, told_at) WHERE told_at IS NOT NULL;

-- When somebody has looked at their news last, and before that.
CREATE TABLE news_visit (
    person_id UUID PRIMARY KEY NOT NULL REFERENCES person (id),
    here_at TIMESTAMPTZ NOT NULL,
    before_at TIMESTAMPTZ
);

-- What was written before there were news stands among them, as what has been read. What was given up without an attempt was recalled.
UPDATE message
SET told_at = CASE WHEN attempts = 0 THEN due_at ELSE created_at END
WHERE given_up_at IS NULL OR attempts > 0;

INSERT INTO news_visit (person_id, here_at)
SELECT person_id, MAX(told_at)
FROM message
WHERE told_at IS NOT NULL
GROUP BY person_id;

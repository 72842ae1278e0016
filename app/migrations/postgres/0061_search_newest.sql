-- The words of an entry as they are looked for, kept beside it: a word that stands in everything is then found among the newest entries without
-- reading each of them, and a post that is written is taken apart once and not at every step.
ALTER TABLE search_entry ADD COLUMN words TSVECTOR GENERATED ALWAYS AS (TO_TSVECTOR('simple', search_plain(title || ' ' || body))) STORED;

DROP INDEX search_entry_by_words;
CREATE INDEX search_entry_by_words ON search_entry USING gin (words);

-- A restore numbers entries anew, in another order than that in which they were said.
CREATE INDEX search_entry_by_time ON search_entry (said_at DESC, id DESC);

CREATE OR REPLACE FUNCTION search_count_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO search_word AS w (circle_id, word, entries)
        SELECT e.circle_id, u.word, COUNT(*)
        FROM later e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(e.words)) u (word)
        WHERE CHAR_LENGTH(u.word) BETWEEN 5 AND 26
        GROUP BY e.circle_id, u.word
        ORDER BY e.circle_id, u.word
        ON CONFLICT (circle_id, word) DO UPDATE SET entries = w.entries + excluded.entries;
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO search_word AS w (circle_id, word, entries)
        SELECT e.circle_id, u.word, SUM(e.more)
        FROM (
            SELECT circle_id, words, 1 AS more FROM later
            UNION ALL
            SELECT circle_id, words, -1 FROM earlier
        ) e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(e.words)) u (word)
        WHERE CHAR_LENGTH(u.word) BETWEEN 5 AND 26
        GROUP BY e.circle_id, u.word
        HAVING SUM(e.more) <> 0
        ORDER BY e.circle_id, u.word
        ON CONFLICT (circle_id, word) DO UPDATE SET entries = w.entries + excluded.entries;
    ELSE
        INSERT INTO search_word AS w (circle_id, word, entries)
        SELECT e.circle_id, u.word, -COUNT(*)
        FROM earlier e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(e.words)) u (word)
        WHERE CHAR_LENGTH(u.word) BETWEEN 5 AND 26
        GROUP BY e.circle_id, u.word
        ORDER BY e.circle_id, u.word
        ON CONFLICT (circle_id, word) DO UPDATE SET entries = w.entries + excluded.entries;
    END IF;
    DELETE FROM search_word w
    USING earlier e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(e.words)) u (word)
    WHERE w.circle_id = e.circle_id AND w.word = u.word AND w.entries <= 0;
    RETURN NULL;
END;
$$;

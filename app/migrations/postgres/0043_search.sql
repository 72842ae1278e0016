-- What can be found by its words: posts that are shown, what the library holds, and the improvement log. All of it is made of other tables by the
-- triggers below, so that nothing that writes can forget it, whatever writes; a backup leaves out every table whose name begins with `search_`, and
-- a restore makes them again.

-- The words of a text in small letters, without accents and with nothing between them but spaces. The parser of Postgres would otherwise take
-- "parent/infant" for a file and find neither word of it, and it would read letters as the language of the server does.
CREATE OR REPLACE FUNCTION search_plain(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT REGEXP_REPLACE(LOWER(REGEXP_REPLACE(NORMALIZE(words, NFKD), '[\u0300-\u036f]', '', 'g')), '[\u0001-/:-`{-\u00bf\u2000-\u206f]+', ' ', 'g')
$$;

CREATE TABLE search_entry (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'library_item', 'improvement')),
    -- Who may find it: the readers of a space, or of the library (1), or of the improvement log (2).
    circle_id UUID NOT NULL,
    -- The thread and the number of a post; otherwise the thing itself, and nought.
    place_id UUID NOT NULL,
    number BIGINT NOT NULL,
    said_at TIMESTAMPTZ NOT NULL,
    title TEXT NOT NULL,
    -- As it was typed: the marks of Markdown are no words.
    body TEXT NOT NULL,
    title_plain TEXT GENERATED ALWAYS AS (search_plain(title)) STORED,
    UNIQUE (place_id, number)
);

CREATE INDEX search_entry_by_words ON search_entry USING gin (TO_TSVECTOR('simple', search_plain(title || ' ' || body)));
CREATE INDEX search_entry_by_title ON search_entry USING gin (TO_TSVECTOR('simple', title_plain));

-- Which words stand in how many entries of a circle: whoever mistypes one is helped with words of the circles that they are in, and with no others.
CREATE TABLE search_word (
    circle_id UUID NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    entries BIGINT NOT NULL,
    PRIMARY KEY (circle_id, word)
);

-- For each statement once and in the order of the words, so that no two that write at once wait for each other, and what is brought in bulk is counted
-- in bulk.
CREATE OR REPLACE FUNCTION search_count_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO search_word AS w (circle_id, word, entries)
        SELECT e.circle_id, u.word, COUNT(*)
        FROM later e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(TO_TSVECTOR('simple', search_plain(e.title || ' ' || e.body)))) u (word)
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
            SELECT circle_id, title, body, 1 AS more FROM later
            UNION ALL
            SELECT circle_id, title, body, -1 FROM earlier
        ) e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(TO_TSVECTOR('simple', search_plain(e.title || ' ' || e.body)))) u (word)
        WHERE CHAR_LENGTH(u.word) BETWEEN 5 AND 26
        GROUP BY e.circle_id, u.word
        HAVING SUM(e.more) <> 0
        ORDER BY e.circle_id, u.word
        ON CONFLICT (circle_id, word) DO UPDATE SET entries = w.entries + excluded.entries;
    ELSE
        INSERT INTO search_word AS w (circle_id, word, entries)
        SELECT e.circle_id, u.word, -COUNT(*)
        FROM earlier e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(TO_TSVECTOR('simple', search_plain(e.title || ' ' || e.body)))) u (word)
        WHERE CHAR_LENGTH(u.word) BETWEEN 5 AND 26
        GROUP BY e.circle_id, u.word
        ORDER BY e.circle_id, u.word
        ON CONFLICT (circle_id, word) DO UPDATE SET entries = w.entries + excluded.entries;
    END IF;
    DELETE FROM search_word w
    USING earlier e CROSS JOIN UNNEST(TSVECTOR_TO_ARRAY(TO_TSVECTOR('simple', search_plain(e.title || ' ' || e.body)))) u (word)
    WHERE w.circle_id = e.circle_id AND w.word = u.word AND w.entries <= 0;
    RETURN NULL;
END;
$$;

CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_count_words();
CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry REFERENCING OLD TABLE AS earlier NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_count_words();
CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_count_words();

-- A post that is shown can be found, with the title of its thread if it begins that.
CREATE OR REPLACE FUNCTION search_keep_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM search_entry s
        USING later p
        WHERE s.place_id = p.thread_id AND s.number = p.number AND p.withdrawn_at IS NOT NULL;
    END IF;
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'post', t.space_id, t.id, p.number, p.written_at, CASE WHEN p.number = 1 THEN t.title ELSE '' END, p.source
    FROM later p
    JOIN thread t ON t.id = p.thread_id
    WHERE p.withdrawn_at IS NULL
    ON CONFLICT (place_id, number) DO UPDATE SET body = excluded.body WHERE s.body <> excluded.body;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION search_forget_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_entry s USING earlier p WHERE s.place_id = p.thread_id AND s.number = p.number;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION search_keep_titles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_entry s SET title = t.title FROM later t WHERE s.place_id = t.id AND s.number = 1 AND s.title <> t.title;
    RETURN NULL;
END;
$$;

CREATE TRIGGER search_post_added AFTER INSERT ON post REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_posts();
CREATE TRIGGER search_post_changed AFTER UPDATE ON post REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_posts();
CREATE TRIGGER search_post_removed AFTER DELETE ON post REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_posts();
CREATE TRIGGER search_thread_changed AFTER UPDATE ON thread REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_titles();

-- An item of the library that was not taken out.
CREATE OR REPLACE FUNCTION search_keep_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM search_entry s USING later i WHERE s.place_id = i.id AND s.number = 0 AND i.retired_at IS NOT NULL;
    END IF;
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'library_item', '00000000-0000-0000-0000-000000000001', i.id, 0, i.added_at, i.title, i.authors || ' ' || i.summary
    FROM later i
    WHERE i.retired_at IS NULL
    ON CONFLICT (place_id, number) DO UPDATE SET title = excluded.title, body = excluded.body
    WHERE s.title <> excluded.title OR s.body <> excluded.body;
    RETURN NULL;
END;
$$;

-- A line of the improvement log.
CREATE OR REPLACE FUNCTION search_keep_improvements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'improvement', '00000000-0000-0000-0000-000000000002', i.id, 0, i.changed_on::TIMESTAMP AT TIME ZONE 'UTC', i.heard, i.changed
    FROM later i
    ON CONFLICT (place_id, number) DO UPDATE SET title = excluded.title, body = excluded.body
    WHERE s.title <> excluded.title OR s.body <> excluded.body;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION search_forget_things() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_entry s USING earlier i WHERE s.place_id = i.id AND s.number = 0;
    RETURN NULL;
END;
$$;

CREATE TRIGGER search_item_added AFTER INSERT ON library_item REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_items();
CREATE TRIGGER search_item_changed AFTER UPDATE ON library_item REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_items();
CREATE TRIGGER search_item_removed AFTER DELETE ON library_item REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_things();
CREATE TRIGGER search_improvement_added AFTER INSERT ON improvement REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_improvements();
CREATE TRIGGER search_improvement_changed AFTER UPDATE ON improvement REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_improvements();
CREATE TRIGGER search_improvement_removed AFTER DELETE ON improvement REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_things();

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'post', t.space_id, t.id, p.number, p.written_at, CASE WHEN p.number = 1 THEN t.title ELSE '' END, p.source
FROM post p
JOIN thread t ON t.id = p.thread_id
WHERE p.withdrawn_at IS NULL;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'library_item', '00000000-0000-0000-0000-000000000001', id, 0, added_at, title, authors || ' ' || summary
FROM library_item
WHERE retired_at IS NULL;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'improvement', '00000000-0000-0000-0000-000000000002', id, 0, changed_on::TIMESTAMP AT TIME ZONE 'UTC', heard, changed
FROM improvement;

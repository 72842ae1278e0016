-- Themes are found by their words as well: by coordinators, who gather them, and what somebody raised, where it is kept who did, by themselves.
ALTER TABLE search_entry DROP CONSTRAINT search_entry_kind_check;
ALTER TABLE search_entry ADD CONSTRAINT search_entry_kind_check CHECK (kind IN ('post', 'library_item', 'improvement', 'event', 'theme'));

-- A theme as it was raised, at some moment of its month: in the order in which themes were raised, coordinators could tell by whom.
CREATE OR REPLACE FUNCTION search_keep_raised_themes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'theme', '00000000-0000-0000-0000-000000000003', r.id, 0,
        DATE_TRUNC('month', r.raised_on::TIMESTAMP) AT TIME ZONE 'UTC' + RANDOM() * INTERVAL '24 days', '', r.words
    FROM later r
    ON CONFLICT (place_id, number) DO UPDATE SET body = excluded.body WHERE s.body <> excluded.body;
    RETURN NULL;
END;
$$;

-- What was gathered, with what became of it.
CREATE OR REPLACE FUNCTION search_keep_gathered_themes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'theme', '00000000-0000-0000-0000-000000000003', g.id, 0, g.gathered_at, g.title, g.outcome_words
    FROM later g
    ON CONFLICT (place_id, number) DO UPDATE SET title = excluded.title, body = excluded.body
    WHERE s.title <> excluded.title OR s.body <> excluded.body;
    RETURN NULL;
END;
$$;

CREATE TRIGGER search_raised_theme_added AFTER INSERT ON raised_theme REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_raised_themes();
CREATE TRIGGER search_raised_theme_changed AFTER UPDATE ON raised_theme REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_raised_themes();
CREATE TRIGGER search_raised_theme_removed AFTER DELETE ON raised_theme REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_things();
CREATE TRIGGER search_gathered_theme_added AFTER INSERT ON gathered_theme REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_gathered_themes();
CREATE TRIGGER search_gathered_theme_changed AFTER UPDATE ON gathered_theme REFERENCING NEW TABLE AS later
    FOR EACH STATEMENT EXECUTE FUNCTION search_keep_gathered_themes();
CREATE TRIGGER search_gathered_theme_removed AFTER DELETE ON gathered_theme REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_things();

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'theme', '00000000-0000-0000-0000-000000000003', id, 0,
    DATE_TRUNC('month', raised_on::TIMESTAMP) AT TIME ZONE 'UTC' + RANDOM() * INTERVAL '24 days', '', words
FROM raised_theme
ORDER BY code;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'theme', '00000000-0000-0000-0000-000000000003', id, 0, gathered_at, title, outcome_words
FROM gathered_theme;

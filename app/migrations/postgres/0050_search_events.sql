-- Events are found by their words as well, by those who can read their home space.
ALTER TABLE search_entry DROP CONSTRAINT search_entry_kind_check;
ALTER TABLE search_entry ADD CONSTRAINT search_entry_kind_check CHECK (kind IN ('post', 'library_item', 'improvement', 'event'));

-- An event that was published, cancelled or not, with when it begins: a draft is its host's. Looked at row by row, since a statement that only takes an
-- event, as each answer does, has nothing to do here, and no more than that is known of a whole statement.
CREATE OR REPLACE FUNCTION search_keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_entry AS s (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('event', NEW.space_id, NEW.id, 0, NEW.starts_at, NEW.title, NEW.speaker || ' ' || NEW.source)
    ON CONFLICT (place_id, number) DO UPDATE SET said_at = excluded.said_at, title = excluded.title, body = excluded.body
    WHERE s.said_at <> excluded.said_at OR s.title <> excluded.title OR s.body <> excluded.body;
    RETURN NULL;
END;
$$;

CREATE TRIGGER search_event_added AFTER INSERT ON event
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION search_keep_event();
CREATE TRIGGER search_event_changed AFTER UPDATE OF title, speaker, source, starts_at, published_at ON event
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION search_keep_event();
CREATE TRIGGER search_event_removed AFTER DELETE ON event REFERENCING OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_things();

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'event', space_id, id, 0, starts_at, title, speaker || ' ' || source
FROM event
WHERE published_at IS NOT NULL;

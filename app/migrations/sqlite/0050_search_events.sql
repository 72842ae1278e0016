-- Events are found by their words as well, by those who can read their home space. SQLite changes no condition of a table, so the table is made anew with what
-- stood in it, under the same numbers. The index is made anew as well, with the kind in it: what there is little of is found without going through every
-- post that holds the words.
CREATE TABLE search_kept AS SELECT id, kind, circle_id, place_id, number, said_at, title, body FROM search_entry;
DROP TABLE search_text;
DROP TABLE search_entry;

CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'library_item', 'improvement', 'event')),
    -- Who may find it: the readers of a space, or of the library (1), or of the improvement log (2).
    circle_id BLOB NOT NULL,
    -- The thread and the number of a post; otherwise the thing itself, and nought.
    place_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    said_at TEXT NOT NULL,
    title TEXT NOT NULL,
    -- As it was typed: the marks of Markdown are no words.
    body TEXT NOT NULL,
    UNIQUE (place_id, number)
) STRICT;

INSERT INTO search_entry (id, kind, circle_id, place_id, number, said_at, title, body)
SELECT id, kind, circle_id, place_id, number, said_at, title, body
FROM search_kept;

DROP TABLE search_kept;

CREATE VIRTUAL TABLE search_text
    USING fts5(kind, title, body, content = 'search_entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);
INSERT INTO search_text (search_text) VALUES ('rebuild');

-- As they were, with the kind: they went with the table.
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_text (rowid, kind, title, body) VALUES (NEW.id, NEW.kind, NEW.title, NEW.body);
    INSERT INTO search_split (rowid, words) VALUES (1, NEW.title || ' ' || NEW.body);
    INSERT INTO search_word (circle_id, word, entries)
    SELECT NEW.circle_id, term, 1 FROM search_split_word WHERE LENGTH(term) BETWEEN 5 AND 26
    ON CONFLICT (circle_id, word) DO UPDATE SET entries = entries + 1;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, kind, title, body) VALUES ('delete', OLD.id, OLD.kind, OLD.title, OLD.body);
    INSERT INTO search_split (rowid, words) VALUES (1, OLD.title || ' ' || OLD.body);
    UPDATE search_word SET entries = entries - 1
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word);
    DELETE FROM search_word
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word) AND entries = 0;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_changed AFTER UPDATE OF title, body ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, kind, title, body) VALUES ('delete', OLD.id, OLD.kind, OLD.title, OLD.body);
    INSERT INTO search_text (rowid, kind, title, body) VALUES (NEW.id, NEW.kind, NEW.title, NEW.body);
    INSERT INTO search_split (rowid, words) VALUES (1, NEW.title || ' ' || NEW.body);
    INSERT INTO search_word (circle_id, word, entries)
    SELECT NEW.circle_id, term, 1 FROM search_split_word WHERE LENGTH(term) BETWEEN 5 AND 26
    ON CONFLICT (circle_id, word) DO UPDATE SET entries = entries + 1;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
    INSERT INTO search_split (rowid, words) VALUES (1, OLD.title || ' ' || OLD.body);
    UPDATE search_word SET entries = entries - 1
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word);
    DELETE FROM search_word
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word) AND entries = 0;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

-- An event that was published, cancelled or not, with when it begins: a draft is its host's.
CREATE TRIGGER search_event_added AFTER INSERT ON event WHEN NEW.published_at IS NOT NULL BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('event', NEW.space_id, NEW.id, 0, NEW.starts_at, NEW.title, NEW.speaker || ' ' || NEW.source);
END;

CREATE TRIGGER search_event_changed AFTER UPDATE OF title, speaker, source, starts_at, published_at ON event WHEN NEW.published_at IS NOT NULL BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('event', NEW.space_id, NEW.id, 0, NEW.starts_at, NEW.title, NEW.speaker || ' ' || NEW.source)
    ON CONFLICT (place_id, number) DO UPDATE SET said_at = excluded.said_at, title = excluded.title, body = excluded.body
    WHERE search_entry.said_at <> excluded.said_at OR search_entry.title <> excluded.title OR search_entry.body <> excluded.body;
END;

CREATE TRIGGER search_event_removed AFTER DELETE ON event BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.id AND number = 0;
END;

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'event', space_id, id, 0, starts_at, title, speaker || ' ' || source
FROM event
WHERE published_at IS NOT NULL;

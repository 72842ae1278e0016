-- Themes are found by their words as well: by coordinators, who gather them, and what somebody raised, where it is kept who did, by themselves. SQLite changes
-- no condition of a table, so the table is made anew with what stood in it, under the same numbers.
CREATE TABLE search_kept AS SELECT id, kind, circle_id, place_id, number, said_at, title, body FROM search_entry;
DROP TABLE search_text;
DROP TABLE search_entry;

CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'library_item', 'improvement', 'event', 'theme')),
    -- Who may find it: the readers of a space, or of the library (1), or of the improvement log (2), or whoever gathers themes (3).
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

-- As they were: they went with the table.
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

-- A theme as it was raised, at some moment of its month: in the order in which themes were raised, coordinators could tell by whom.
CREATE TRIGGER search_raised_theme_added AFTER INSERT ON raised_theme BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('theme', X'00000000000000000000000000000003', NEW.id, 0,
        STRFTIME('%Y-%m-%dT%H:%M:%SZ', STRFTIME('%Y-%m-01', NEW.raised_on), '+' || (RANDOM() & 2097151) || ' seconds'), '', NEW.words);
END;

CREATE TRIGGER search_raised_theme_changed AFTER UPDATE OF words ON raised_theme BEGIN
    UPDATE search_entry SET body = NEW.words WHERE place_id = NEW.id AND number = 0 AND body <> NEW.words;
END;

CREATE TRIGGER search_raised_theme_removed AFTER DELETE ON raised_theme BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.id AND number = 0;
END;

-- What was gathered, with what became of it.
CREATE TRIGGER search_gathered_theme_added AFTER INSERT ON gathered_theme BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('theme', X'00000000000000000000000000000003', NEW.id, 0, NEW.gathered_at, NEW.title, NEW.outcome_words);
END;

CREATE TRIGGER search_gathered_theme_changed AFTER UPDATE OF title, outcome_words ON gathered_theme BEGIN
    UPDATE search_entry SET title = NEW.title, body = NEW.outcome_words
    WHERE place_id = NEW.id AND number = 0 AND (title <> NEW.title OR body <> NEW.outcome_words);
END;

CREATE TRIGGER search_gathered_theme_removed AFTER DELETE ON gathered_theme BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.id AND number = 0;
END;

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'theme', X'00000000000000000000000000000003', id, 0, STRFTIME('%Y-%m-%dT%H:%M:%SZ', STRFTIME('%Y-%m-01', raised_on), '+' || (RANDOM() & 2097151) || ' seconds'), '', words
FROM raised_theme
ORDER BY code;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'theme', X'00000000000000000000000000000003', id, 0, gathered_at, title, outcome_words
FROM gathered_theme;

-- What can be found by its words: posts that are shown, what the library holds, and the improvement log. All of it is made of other tables by the
-- triggers below, so that nothing that writes can forget it, whatever writes; a backup leaves out every table whose name begins with `search_`, and
-- a restore makes them again.
CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'library_item', 'improvement')),
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

-- What is taken out of the index is overwritten in it, so that no word of a withdrawn post stays.
CREATE VIRTUAL TABLE search_text USING fts5(title, body, content = 'search_entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);

-- Which words stand in how many entries of a circle: whoever mistypes one is helped with words of the circles that they are in, and with no others.
CREATE TABLE search_word (
    circle_id BLOB NOT NULL,
    word TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (circle_id, word)
) STRICT, WITHOUT ROWID;

-- Takes a text apart into its words, as the index does. It is empty but for that moment.
CREATE VIRTUAL TABLE search_split USING fts5(words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_split_word USING fts5vocab(search_split, row);

CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_text (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
    INSERT INTO search_split (rowid, words) VALUES (1, NEW.title || ' ' || NEW.body);
    INSERT INTO search_word (circle_id, word, entries)
    SELECT NEW.circle_id, term, 1 FROM search_split_word WHERE LENGTH(term) BETWEEN 5 AND 26
    ON CONFLICT (circle_id, word) DO UPDATE SET entries = entries + 1;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);
    INSERT INTO search_split (rowid, words) VALUES (1, OLD.title || ' ' || OLD.body);
    UPDATE search_word SET entries = entries - 1
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word);
    DELETE FROM search_word
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word) AND entries = 0;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_changed AFTER UPDATE OF title, body ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);
    INSERT INTO search_text (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
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

-- A post that is shown can be found, with the title of its thread if it begins that.
CREATE TRIGGER search_post_added AFTER INSERT ON post WHEN NEW.withdrawn_at IS NULL BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'post', t.space_id, t.id, NEW.number, NEW.written_at, CASE WHEN NEW.number = 1 THEN t.title ELSE '' END, NEW.source
    FROM thread t
    WHERE t.id = NEW.thread_id;
END;

CREATE TRIGGER search_post_changed AFTER UPDATE ON post BEGIN
    DELETE FROM search_entry WHERE place_id = NEW.thread_id AND number = NEW.number AND NEW.withdrawn_at IS NOT NULL;
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'post', t.space_id, t.id, NEW.number, NEW.written_at, CASE WHEN NEW.number = 1 THEN t.title ELSE '' END, NEW.source
    FROM thread t
    WHERE t.id = NEW.thread_id AND NEW.withdrawn_at IS NULL
    ON CONFLICT (place_id, number) DO UPDATE SET body = excluded.body WHERE search_entry.body <> excluded.body;
END;

CREATE TRIGGER search_post_removed AFTER DELETE ON post BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.thread_id AND number = OLD.number;
END;

CREATE TRIGGER search_thread_changed AFTER UPDATE OF title ON thread WHEN NEW.title <> OLD.title BEGIN
    UPDATE search_entry SET title = NEW.title WHERE place_id = NEW.id AND number = 1;
END;

-- An item of the library that was not taken out.
CREATE TRIGGER search_item_added AFTER INSERT ON library_item WHEN NEW.retired_at IS NULL BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('library_item', X'00000000000000000000000000000001', NEW.id, 0, NEW.added_at, NEW.title, NEW.authors || ' ' || NEW.summary);
END;

CREATE TRIGGER search_item_changed AFTER UPDATE OF title, authors, summary, retired_at ON library_item BEGIN
    DELETE FROM search_entry WHERE place_id = NEW.id AND number = 0 AND NEW.retired_at IS NOT NULL;
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    SELECT 'library_item', X'00000000000000000000000000000001', NEW.id, 0, NEW.added_at, NEW.title, NEW.authors || ' ' || NEW.summary
    WHERE NEW.retired_at IS NULL
    ON CONFLICT (place_id, number) DO UPDATE SET title = excluded.title, body = excluded.body
    WHERE search_entry.title <> excluded.title OR search_entry.body <> excluded.body;
END;

CREATE TRIGGER search_item_removed AFTER DELETE ON library_item BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.id AND number = 0;
END;

-- A line of the improvement log.
CREATE TRIGGER search_improvement_added AFTER INSERT ON improvement BEGIN
    INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
    VALUES ('improvement', X'00000000000000000000000000000002', NEW.id, 0, NEW.changed_on || 'T00:00:00Z', NEW.heard, NEW.changed);
END;

CREATE TRIGGER search_improvement_changed AFTER UPDATE OF heard, changed ON improvement BEGIN
    UPDATE search_entry SET title = NEW.heard, body = NEW.changed WHERE place_id = NEW.id AND number = 0;
END;

CREATE TRIGGER search_improvement_removed AFTER DELETE ON improvement BEGIN
    DELETE FROM search_entry WHERE place_id = OLD.id AND number = 0;
END;

-- What was there before.
INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'post', t.space_id, t.id, p.number, p.written_at, CASE WHEN p.number = 1 THEN t.title ELSE '' END, p.source
FROM post p
JOIN thread t ON t.id = p.thread_id
WHERE p.withdrawn_at IS NULL;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'library_item', X'00000000000000000000000000000001', id, 0, added_at, title, authors || ' ' || summary
FROM library_item
WHERE retired_at IS NULL;

INSERT INTO search_entry (kind, circle_id, place_id, number, said_at, title, body)
SELECT 'improvement', X'00000000000000000000000000000002', id, 0, changed_on || 'T00:00:00Z', heard, changed
FROM improvement;

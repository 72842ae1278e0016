-- Three indexes of words in the place of one. A word that stands in every post stands in few titles, and in few things that are no posts: to find that out,
-- the index of all that is written was read from end to end, once for the titles, once for what was typed as one phrase and once for every kind. The kind is
-- no longer a word of the index, since each has what it is asked for.
DROP TRIGGER search_entry_added;
DROP TRIGGER search_entry_removed;
DROP TRIGGER search_entry_changed;
DROP TABLE search_text;

-- Entries are numbered as they come, and the newest posts that hold a word are those with the highest numbers. What was restored before came in the order of
-- the backup, so all are numbered anew by when they were said.
UPDATE search_entry
SET id = ordered.number
FROM (
    SELECT e.id AS was, (SELECT MAX(m.id) FROM search_entry m) + ROW_NUMBER() OVER (ORDER BY e.said_at, e.id) AS number
    FROM search_entry e
) AS ordered
WHERE search_entry.id = ordered.was;

-- Posts, the titles of their threads, and whatever is no post. What is taken out of an index is overwritten in it, so that no word of a withdrawn post stays.
CREATE VIRTUAL TABLE search_text
    USING fts5(title, body, content = 'search_entry', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_title
    USING fts5(title, content = 'search_entry', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_few
    USING fts5(title, body, content = 'search_entry', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1);
INSERT INTO search_title (search_title, rank) VALUES ('secure-delete', 1);
INSERT INTO search_few (search_few, rank) VALUES ('secure-delete', 1);

INSERT INTO search_text (rowid, title, body) SELECT id, title, body FROM search_entry WHERE kind = 'post' ORDER BY id;
INSERT INTO search_title (rowid, title) SELECT id, title FROM search_entry WHERE kind = 'post' AND title <> '' ORDER BY id;
INSERT INTO search_few (rowid, title, body) SELECT id, title, body FROM search_entry WHERE kind <> 'post' ORDER BY id;

CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_text (rowid, title, body) SELECT NEW.id, NEW.title, NEW.body WHERE NEW.kind = 'post';
    INSERT INTO search_title (rowid, title) SELECT NEW.id, NEW.title WHERE NEW.kind = 'post' AND NEW.title <> '';
    INSERT INTO search_few (rowid, title, body) SELECT NEW.id, NEW.title, NEW.body WHERE NEW.kind <> 'post';
    INSERT INTO search_split (rowid, words) VALUES (1, NEW.title || ' ' || NEW.body);
    INSERT INTO search_word (circle_id, word, entries)
    SELECT NEW.circle_id, term, 1 FROM search_split_word WHERE LENGTH(term) BETWEEN 5 AND 26
    ON CONFLICT (circle_id, word) DO UPDATE SET entries = entries + 1;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, title, body) SELECT 'delete', OLD.id, OLD.title, OLD.body WHERE OLD.kind = 'post';
    INSERT INTO search_title (search_title, rowid, title) SELECT 'delete', OLD.id, OLD.title WHERE OLD.kind = 'post' AND OLD.title <> '';
    INSERT INTO search_few (search_few, rowid, title, body) SELECT 'delete', OLD.id, OLD.title, OLD.body WHERE OLD.kind <> 'post';
    INSERT INTO search_split (rowid, words) VALUES (1, OLD.title || ' ' || OLD.body);
    UPDATE search_word SET entries = entries - 1
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word);
    DELETE FROM search_word
    WHERE circle_id = OLD.circle_id AND word IN (SELECT term FROM search_split_word) AND entries = 0;
    INSERT INTO search_split (search_split) VALUES ('delete-all');
END;

CREATE TRIGGER search_entry_changed AFTER UPDATE OF title, body ON search_entry BEGIN
    INSERT INTO search_text (search_text, rowid, title, body) SELECT 'delete', OLD.id, OLD.title, OLD.body WHERE OLD.kind = 'post';
    INSERT INTO search_text (rowid, title, body) SELECT NEW.id, NEW.title, NEW.body WHERE NEW.kind = 'post';
    INSERT INTO search_title (search_title, rowid, title) SELECT 'delete', OLD.id, OLD.title WHERE OLD.kind = 'post' AND OLD.title <> '';
    INSERT INTO search_title (rowid, title) SELECT NEW.id, NEW.title WHERE NEW.kind = 'post' AND NEW.title <> '';
    INSERT INTO search_few (search_few, rowid, title, body) SELECT 'delete', OLD.id, OLD.title, OLD.body WHERE OLD.kind <> 'post';
    INSERT INTO search_few (rowid, title, body) SELECT NEW.id, NEW.title, NEW.body WHERE NEW.kind <> 'post';
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

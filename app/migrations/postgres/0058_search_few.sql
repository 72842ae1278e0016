-- What is no post is found among its few, however many posts hold the same words.
CREATE INDEX search_entry_of_few ON search_entry (kind) WHERE kind <> 'post';

-- The mark of the key with which the servers of this database seal: one row, so that of two servers with different keyrings that start at once one finds
-- the other's. No key can be found from its mark.
CREATE TABLE sealing_key (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    mark TEXT NOT NULL
) STRICT;

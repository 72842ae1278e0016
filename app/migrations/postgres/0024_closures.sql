-- Closures get a page: an address of their own, a version, and the same days once.
ALTER TABLE closure ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE closure ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
UPDATE closure SET code = right(replace(CAST(id AS TEXT), '-', ''), 8);
CREATE UNIQUE INDEX closure_by_code ON closure (code);
DELETE FROM closure WHERE EXISTS (
    SELECT 1 FROM closure earlier
    WHERE earlier.starts_on = closure.starts_on
        AND earlier.ends_on = closure.ends_on
        AND earlier.id < closure.id
);
CREATE UNIQUE INDEX closure_of_days ON closure (starts_on, ends_on);

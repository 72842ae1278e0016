//! Which entries of the index hold what is wanted. It is asked in the words of each database, and in nothing else do the statements differ: which texts, for
//! whom and in what order is said once.

/// The newest entries that hold what is asked for, of those that the reader may find: twice as many as anybody pages through, so that a word that stands in
/// everything is not looked for in everything. SQLite numbers entries as they come, and anew by when they were said after a restore, and reads its indexes from
/// the end. Postgres has no such index: it first goes through the two thousand that were said last, where it finds enough of a word that is common, and asks
/// its index only where it does not.
macro_rules! newest {
    (sqlite, $index:literal, $tier:literal, $asked:literal, $which:expr) => {
        concat!(
            "SELECT tier, id FROM (SELECT ",
            $tier,
            " AS tier, e.id FROM ",
            $index,
            " CROSS JOIN search_entry e WHERE ",
            $index,
            " MATCH ",
            $asked,
            " AND e.id = ",
            $index,
            ".rowid AND ",
            $which,
            " ORDER BY ",
            $index,
            ".rowid DESC LIMIT 500)"
        )
    };
    (postgres, $words:literal, $which:expr) => {
        concat!(
            "\
latest AS MATERIALIZED (
    SELECT e.id
    FROM (SELECT id, kind, circle_id, said_at, words FROM search_entry ORDER BY said_at DESC, id DESC LIMIT 2000) e
    WHERE e.words @@ TO_TSQUERY('simple', ",
            $words,
            ")
        AND ",
            $which,
            "
    ORDER BY e.said_at DESC, e.id DESC
    LIMIT 500
), newest AS (
    SELECT id FROM latest
    UNION ALL
    (
        SELECT e.id
        FROM search_entry e
        WHERE (SELECT COUNT(*) FROM latest) < 500
            AND e.words @@ TO_TSQUERY('simple', ",
            $words,
            ")
            AND ",
            $which,
            "
        ORDER BY e.said_at DESC, e.id DESC
        LIMIT 500
    )
)"
        )
    };
}
pub(super) use newest;

/// The entries that hold every word, by where: all of them one after the other in the title, in the title, in the text; the latest first. The
/// parameters are the words, the same in the title, as a phrase, how many entries and after how many. Of what there is much of, which are posts, only the newest
/// are looked for, in SQLite in an index of their texts and one of their titles; in Postgres they are `newest`, which stands before.
macro_rules! entries {
    (sqlite, [$words:literal, $title:literal, $phrase:literal, $at_most:literal, $after:literal], $which:expr) => {
        concat!(
            "\
SELECT e.id, e.place_id, e.number, e.said_at,
    CASE
        WHEN e.id IN (SELECT rowid FROM search_few WHERE search_few MATCH ",
            $phrase,
            ") THEN 0
        WHEN e.id IN (SELECT rowid FROM search_few WHERE search_few MATCH ",
            $title,
            ") THEN 1
        ELSE 2
    END AS tier
FROM search_few CROSS JOIN search_entry e
WHERE search_few MATCH ",
            $words,
            "
    AND e.id = search_few.rowid
    AND ",
            $which,
            "\nORDER BY tier, e.said_at DESC, e.id DESC\nLIMIT ",
            $at_most,
            " OFFSET ",
            $after
        )
    };
    (newest_in_sqlite, [$words:literal, $title:literal, $phrase:literal, $at_most:literal, $after:literal], $which:expr) => {
        concat!(
            "\
SELECT e.id, e.place_id, e.number, e.said_at, m.tier
FROM (
    SELECT MIN(tier) AS tier, id
    FROM (
        ",
            $crate::search::store::entries::newest!(sqlite, "search_title", "0", $phrase, $which),
            "\n        UNION ALL\n        ",
            $crate::search::store::entries::newest!(sqlite, "search_title", "1", $title, $which),
            "\n        UNION ALL\n        ",
            $crate::search::store::entries::newest!(sqlite, "search_text", "2", $words, $which),
            "
    )
    GROUP BY id
) m
CROSS JOIN search_entry e
WHERE e.id = m.id
ORDER BY m.tier, e.said_at DESC, e.id DESC
LIMIT ",
            $at_most,
            " OFFSET ",
            $after
        )
    };
    (newest_in_postgres, [$words:literal, $title:literal, $phrase:literal, $at_most:literal, $after:literal], $which:expr) => {
        concat!(
            "\
SELECT e.id, e.place_id, e.number, e.said_at, m.tier
FROM (
    SELECT MIN(tier) AS tier, id
    FROM (
        (
            SELECT CASE WHEN ' ' || e.title_plain || ' ' LIKE ",
            $phrase,
            " THEN 0 ELSE 1 END AS tier, e.id
            FROM search_entry e
            WHERE TO_TSVECTOR('simple', e.title_plain) @@ TO_TSQUERY('simple', ",
            $title,
            ")
                AND ",
            $which,
            "
            ORDER BY 1, e.said_at DESC, e.id DESC
            LIMIT 500
        )
        UNION ALL
        SELECT 2, id FROM newest
    ) either
    GROUP BY id
) m
JOIN search_entry e ON e.id = m.id
ORDER BY m.tier, e.said_at DESC, e.id DESC
LIMIT ",
            $at_most,
            " OFFSET ",
            $after
        )
    };
    (postgres, [$words:literal, $title:literal, $phrase:literal, $at_most:literal, $after:literal], $which:expr) => {
        concat!(
            "\
SELECT e.id, e.place_id, e.number, e.said_at,
    CASE
        WHEN e.id NOT IN (SELECT o.id FROM search_entry o WHERE TO_TSVECTOR('simple', o.title_plain) @@ TO_TSQUERY('simple', ",
            $title,
            ")) THEN 2
        WHEN ' ' || e.title_plain || ' ' LIKE ",
            $phrase,
            " THEN 0
        ELSE 1
    END AS tier
FROM search_entry e
WHERE e.words @@ TO_TSQUERY('simple', ",
            $words,
            ")
    AND ",
            $which,
            "\nORDER BY tier, e.said_at DESC, e.id DESC\nLIMIT ",
            $at_most,
            " OFFSET ",
            $after
        )
    };
}
pub(super) use entries;

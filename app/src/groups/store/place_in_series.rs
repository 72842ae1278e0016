//! Which session of its series a session is.

/// "Session 4 of 10" as two columns of a statement about the session `s`: `number` and `of_number`. One that stands for no date of its series any
/// more is number nought.
macro_rules! place_in_series {
    () => {
        "(SELECT COUNT(*) FROM session n WHERE n.series_id = s.series_id AND n.slot <= s.slot) AS number,
    (SELECT COUNT(n.slot) FROM session n WHERE n.series_id = s.series_id) AS of_number"
    };
}
pub(crate) use place_in_series;

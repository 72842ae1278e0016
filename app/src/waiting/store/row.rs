//! The columns in which an entry keeps what was asked for, and somebody who waits.

use sqlx::types::Json;

use crate::groups::GroupKind;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::waiting::answers::Asked;
use crate::waiting::model::{Urgency, Way};

/// What was asked for: `e.kind, e.way, e.times, e.urgency, e.wanted_words`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct AskedRow {
    kind: GroupKind,
    way: Way,
    times: Json<Vec<String>>,
    urgency: i64,
    wanted_words: String,
}

impl From<AskedRow> for Asked {
    fn from(row: AskedRow) -> Self {
        let AskedRow { kind, way, times, urgency, wanted_words } = row;
        Self { kind, way, times: times.0, urgency: Urgency::of_rank(urgency), wanted: wanted_words }
    }
}

/// Somebody and their work: the columns of a name, `p.profession` and `authority`.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct PersonRow {
    #[sqlx(flatten)]
    name: NameRow,
    profession: String,
    authority: String,
}

impl PersonRow {
    /// Their name, and "Health visitor, Bradford".
    pub(super) fn told(self) -> (PersonName, String) {
        let about: Vec<String> = [self.profession, self.authority].into_iter().filter(|part| !part.is_empty()).collect();
        (self.name.into(), about.join(", "))
    }
}

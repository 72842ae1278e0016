//! Themes by their words: all of them for whoever gathers them, and for anybody else what they raised themselves, where it is kept that they did. To
//! coordinators nothing here says whose a theme is, nor in which order themes were raised.

use chrono::NaiveDate;

use super::entries::entries;
use super::texts::{Part, asked, of_either};
use crate::access::{Actor, Permission};
use crate::database::on;
use crate::error::AppError;
use crate::paths;
use crate::search::answers::FoundLine;
use crate::search::wanted::Wanted;
use crate::themes::Outcome;
use crate::ui::{day_month_year, month_and_year};

macro_rules! themes {
    ($database:ident) => {
        concat!(
            "WITH f AS (",
            entries!(
                $database,
                ["$3", "$4", "$5", "$6", "$7"],
                "e.kind = 'theme' AND ($2 OR e.place_id IN (SELECT own.id FROM raised_theme own WHERE own.raised_by = $1))"
            ),
            ")
SELECT b.title, b.body, g.code AS gathered, g.outcome, r.raised_on, w.code AS within, w.title AS within_title
FROM f
JOIN search_entry b ON b.id = f.id
LEFT JOIN gathered_theme g ON g.id = f.place_id
LEFT JOIN raised_theme r ON r.id = f.place_id
LEFT JOIN gathered_theme w ON w.id = r.gathered_id
ORDER BY f.tier, f.said_at DESC, f.id DESC"
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    title: String,
    body: String,
    gathered: Option<String>,
    outcome: Option<Outcome>,
    raised_on: Option<NaiveDate>,
    within: Option<String>,
    within_title: Option<String>,
}

impl Row {
    /// As whoever gathers themes reads it: of one that was raised, the month alone.
    fn gathered_or_raised(self, wanted: &Wanted) -> FoundLine {
        let says = wanted.shown_in(&self.body);
        if let Some(code) = self.gathered {
            let about = self.outcome.map_or("Gathered, to decide", Outcome::name).to_owned();
            return FoundLine { name: self.title, about, address: paths::gathered_theme(&code), says };
        }
        let name = self.within_title.map_or_else(|| "A theme that nobody has gathered yet".to_owned(), |title| format!("In “{title}”"));
        let about = self.raised_on.map(|day| format!("Raised in {}", month_and_year(day))).unwrap_or_default();
        FoundLine { name, about, address: self.within.map_or_else(|| paths::THEMES.to_owned(), |code| paths::gathered_theme(&code)), says }
    }

    /// As whoever raised it reads it.
    fn own(self, wanted: &Wanted) -> FoundLine {
        let about = self.raised_on.map(|day| format!("Raised on {}", day_month_year(day))).unwrap_or_default();
        let says = wanted.shown_in(&self.body);
        FoundLine { name: "A theme that you raised".to_owned(), about, address: paths::MY_THEMES.to_owned(), says }
    }
}

pub(super) async fn themes(actor: &Actor, wanted: &Wanted, part: Part) -> Result<Vec<FoundLine>, AppError> {
    let gathers = actor.may(Permission::GatherThemes);
    if !gathers && !actor.may(Permission::RaiseThemes) {
        return Ok(Vec::new());
    }
    let database = actor.database();
    let [words, title, phrase] = asked(database, wanted);
    let statement = of_either(database, themes!(sqlite), themes!(postgres));
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(statement)
        .bind(actor.person())
        .bind(gathers)
        .bind(words)
        .bind(title)
        .bind(phrase)
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|row| if gathers { row.gathered_or_raised(wanted) } else { row.own(wanted) }).collect())
}

//! One's own log as a file for whoever registers them.

use super::answers::Log;
use super::forms::LogAddress;
use super::model::{BACP_MONTH, Body};
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::hours::COUNTED_ONCE;
use crate::ui::{Block, PdfSheet, hours_and_minutes, month_and_year, pdf_of};

/// The log as PDF. Notes stay out of it, since it is made to be handed in; the table for other programs has them.
pub async fn log_file(visit: &Visit, address: &LogAddress) -> Result<Vec<u8>, AppError> {
    let actor = require_of(visit, Permission::Learn)?;
    let log = super::store::log_of(&actor, address).await?;
    pdf_of(&sheet(log))
}

fn sheet(log: Log) -> PdfSheet {
    let fact = |name: &str, said: String| (name.to_owned(), said);
    let whose = if log.profession.is_empty() { log.name.clone() } else { format!("{}, {}", log.name, log.profession.to_lowercase()) };
    let mut blocks = vec![
        Block::Facts(vec![
            fact("Whose", whose),
            fact("Period", log.stretch.words(log.days)),
            fact("Made on", ::series::local(log.now).format("%-d %B %Y").to_string()),
        ]),
        Block::Heading("Totals".to_owned()),
        Block::Rows {
            head: vec![("Kind", 40), ("Time", 30), ("Who says so", 30)],
            rows: log
                .totals()
                .into_iter()
                .map(|(kind, minutes)| vec![kind.name().to_owned(), hours_and_minutes(minutes), kind.says().to_owned()])
                .chain([vec!["Together".to_owned(), hours_and_minutes(log.total()), String::new()]])
                .collect(),
        },
    ];
    if log.body == Body::Bacp {
        blocks.push(Block::Heading("Supervision by month, as the BACP counts it".to_owned()));
        let rows = log.counted_by_month().into_iter().map(|(month, minutes)| {
            let is_short = if minutes < BACP_MONTH { "Less than 1 hour 30 minutes" } else { "" };
            vec![month_and_year(month), hours_and_minutes(minutes), is_short.to_owned()]
        });
        blocks.push(Block::Rows { head: vec![("Month", 30), ("Time", 30), ("To note", 40)], rows: rows.collect() });
    }
    blocks.push(Block::Heading("Entries".to_owned()));
    let rows = log.entries.into_iter().map(|entry| {
        let what = format!("{}: {}", entry.kind.name(), entry.title);
        vec![entry.on.format("%-d %B %Y").to_string(), what, entry.with, entry.minutes.to_string()]
    });
    blocks
        .push(Block::Rows { head: vec![("Date", 20), ("What", 38), ("With whom or by whom", 30), ("Minutes", 12)], rows: rows.collect() });
    blocks.push(Block::Text(COUNTED_ONCE.replace("you were", "this person was")));
    blocks.push(Block::Text(
        "Verified: the clinical supervisor who led the session, or the host of the event, marked that this person was there and for how long. Recorded: every question of the page was answered rightly on that day. Self-reported: entered by the person themselves. All dates are UK dates."
            .to_owned(),
    ));
    PdfSheet {
        title: format!("CPD log of {}", log.name),
        blocks,
        foot: "National Centre for Supervision of Parent-Infant Relationships".to_owned(),
    }
}

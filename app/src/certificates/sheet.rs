//! A certificate as a file.

use super::answers::Certificate;
use super::forms::CertificateAddress;
use super::model::code_as_typed;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::paths;
use crate::ui::{Block, PdfSheet, hours_and_minutes, pdf_of};

/// One of the actor's own certificates as PDF.
pub async fn certificate_file(visit: &Visit, address: &CertificateAddress) -> Result<Vec<u8>, AppError> {
    let actor = require_of(visit, Permission::Learn)?;
    let certificate = super::store::own_certificate(&actor, &code_as_typed(&address.code)).await?;
    pdf_of(&sheet(&certificate, actor.origin()))
}

fn sheet(certificate: &Certificate, origin: &str) -> PdfSheet {
    let fact = |name: &str, said: String| (name.to_owned(), said);
    let mut facts: Vec<(String, String)> = facts_of(certificate).into_iter().map(|(name, said)| fact(name, said)).collect();
    facts.push(fact("Look it up at", format!("{origin}{}", paths::verify(&certificate.code))));
    PdfSheet {
        title: "Certificate".to_owned(),
        blocks: vec![
            Block::Text("The National Centre for Supervision of Parent-Infant Relationships confirms from its records:".to_owned()),
            Block::Facts(facts),
            Block::Text(
                "What this address shows is what counts. If this sheet says anything else, or the page says that the certificate was revoked, do not rely on it."
                    .to_owned(),
            ),
        ],
        foot: "National Centre for Supervision of Parent-Infant Relationships".to_owned(),
    }
}

/// What a certificate says, on paper as on its page.
pub(super) fn facts_of(certificate: &Certificate) -> Vec<(&'static str, String)> {
    let (from, to) = certificate.days;
    let day = |day: chrono::NaiveDate| day.format("%-d %B %Y").to_string();
    let days = if from == to { day(from) } else { format!("{} to {}", day(from), day(to)) };
    vec![
        ("Holder", certificate.holder.clone()),
        ("For", certificate.title.clone()),
        ("Time", hours_and_minutes(certificate.minutes)),
        (if from == to { "On" } else { "Between" }, days),
        ("Issued on", day(certificate.issued_on)),
    ]
}

//! What the pages of certificates show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A certificate, as its holder and whoever is shown it read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Its part of the address.
    pub code: String,
    /// To whom it was issued.
    pub holder: String,
    /// For what.
    pub title: String,
    /// For how long.
    pub minutes: i64,
    /// The first day, and the last.
    pub days: (NaiveDate, NaiveDate),
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// Since when it does not hold any more.
    pub revoked_on: Option<NaiveDate>,
}

/// One's own certificates, and what one could have one for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCertificates {
    /// Those that were issued, the latest first.
    pub issued: Vec<Certificate>,
    /// Learning pages that were finished and have none: their part of the address, and their title.
    pub pages: Vec<(String, String)>,
    /// Events at which the reader was marked as present and that have none: their part of the address, and their title.
    pub events: Vec<(String, String)>,
    /// Whether the reader is supervised, and so could have one for supervision.
    pub is_supervised: bool,
    /// The present day.
    pub today: NaiveDate,
}

/// What those who revoke certificates see of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCertificate {
    /// The certificate.
    pub certificate: Certificate,
    /// Why it was revoked; may be empty.
    pub reason: String,
}

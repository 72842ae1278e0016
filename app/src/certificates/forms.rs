//! What the forms of certificates send, and what of it can be used.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::code_as_typed;
use crate::error::{AppError, Problem};
use crate::hours::Span;

/// Which certificate it is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CertificateAddress {
    /// Its code.
    pub code: String,
}

/// Asking for a certificate of a learning page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageForm {
    /// The page's part of the address.
    pub page: String,
}

/// Asking for a certificate of an event.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttendedForm {
    /// The event's part of the address.
    pub event: String,
}

/// Asking for a certificate of supervision.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DaysForm {
    /// The first day.
    pub starts_on: String,
    /// The last.
    pub ends_on: String,
}

impl DaysForm {
    /// The days, or what has to change.
    pub fn check(&self, today: NaiveDate) -> Result<Span, AppError> {
        let earliest = NaiveDate::from_ymd_opt(2000, 1, 1);
        let day = |typed: &str| typed.trim().parse().ok().filter(|day: &NaiveDate| Some(*day) >= earliest && *day <= today);
        match (day(&self.starts_on), day(&self.ends_on)) {
            (Some(from), Some(to)) if from <= to => Ok(Span { from, to }),
            (Some(_), Some(_)) => Err(AppError::invalid("ends_on", "Choose a last day that is not before the first.")),
            (from, to) => {
                let problems = [
                    from.is_none().then(|| Problem::new("starts_on", "Choose the first day, today or before.")),
                    to.is_none().then(|| Problem::new("ends_on", "Choose the last day, today or before.")),
                ];
                Err(AppError::Invalid(problems.into_iter().flatten().collect()))
            }
        }
    }
}

/// Revoking a certificate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RevokeForm {
    /// Its code.
    pub code: String,
    /// Why.
    pub reason: String,
}

impl RevokeForm {
    /// The code and the reason, or what has to change.
    pub fn check(&self) -> Result<(String, &str), AppError> {
        let reason = self.reason.trim();
        if reason.is_empty() || reason.chars().count() > 500 || reason.contains('\0') {
            return Err(AppError::invalid("reason", "Say why, in at most 500 characters."));
        }
        Ok((code_as_typed(&self.code), reason))
    }
}

//! An entry, and the hash that ties it to the one before.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What is written down: a verb of the domain, the kind of thing, which one, and what about it. Never a name, never content.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// For example `invite_person`.
    pub action: &'static str,
    /// For example `person`.
    pub subject: &'static str,
    /// Which one, if there is one.
    pub subject_id: Option<Uuid>,
    /// For example `version 3`.
    pub detail: &'a str,
}

/// What the first entry carries in place of the hash of the one before.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

/// An entry as it is stored and hashed.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Written {
    pub sequence: i64,
    #[sqlx(rename = "written_at")]
    pub at: DateTime<Utc>,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub subject: String,
    pub subject_id: Option<Uuid>,
    pub detail: String,
    pub previous_hash: Vec<u8>,
}

impl Written {
    /// SHA-256 over every field, each preceded by its length, so that no two entries give the same bytes.
    pub fn digest(&self) -> Vec<u8> {
        let mut hasher = Sha256::new();
        let fields: [&[u8]; 9] = [
            &self.previous_hash,
            &self.sequence.to_be_bytes(),
            &self.at.timestamp().to_be_bytes(),
            &self.at.timestamp_subsec_nanos().to_be_bytes(),
            self.actor_id.as_ref().map_or(&[], |id| id.as_bytes()),
            self.action.as_bytes(),
            self.subject.as_bytes(),
            self.subject_id.as_ref().map_or(&[], |id| id.as_bytes()),
            self.detail.as_bytes(),
        ];
        for field in fields {
            hasher.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(field);
        }
        hasher.finalize().to_vec()
    }
}

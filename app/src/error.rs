//! All that a person can be told when something does not work out.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why something did not work, in the words that the person reads.
///
/// Causes are logged once, where they become [`AppError::Unavailable`]; nothing of a cause, and nothing personal, stands in a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Status 401.
    #[error("Please sign in to go on.")]
    SignInNeeded,
    /// Status 403 from a function; a page answers exactly as for [`AppError::NotFound`].
    #[error("You cannot do this. If you think you should be able to, ask the Centre’s coordinator.")]
    NotAllowed,
    /// Status 403, also of a page: whoever is refused knows that there is a community, and learns nothing of what is in it.
    #[error(
        "The community opens to you as soon as your authority has confirmed that you work there. Please ask the lead of your authority, or the Centre’s coordinator. Everything of your supervision is open to you as before."
    )]
    NotConfirmed,
    /// Status 404: it is not there, or it is not yours to know that it is.
    #[error("There is nothing at this address, or it is not open to you.")]
    NotFound,
    /// Status 422: what was sent needs changing; each problem names its field.
    #[error("Please look again at what you entered.")]
    Invalid(Vec<Problem>),
    /// Status 409: somebody else was quicker. The sentence says what happened and what to do.
    #[error("{0}")]
    Conflict(String),
    /// Status 429.
    #[error("That was tried too many times. Please wait a quarter of an hour, then try again. If that does not help, try again tomorrow.")]
    TooMany,
    /// Status 503. The reference finds the cause in the server's log.
    #[error(
        "Something is not working at our end. Nothing that you sent was stored. Please try again in a minute; if it happens again, tell us the reference {reference}."
    )]
    Unavailable {
        /// Eight characters that stand beside the cause in the log.
        reference: String,
    },
}

/// One thing to put right, beside the field where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name as in the form, for example `starts_on`; empty when it is about the whole form.
    pub field: String,
    /// A sentence that says what to do.
    pub message: String,
}

impl Problem {
    /// A problem with one field.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

impl AppError {
    /// A single problem with a single field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }

    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::NotAllowed | Self::NotConfirmed => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::TooMany => 429,
            Self::Unavailable { .. } => 503,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::invalid("", "The form did not arrive whole. Please go back, check what you entered and send it again.")
            }
            _ => Self::Unavailable { reference: "no-answer".to_owned() },
        }
    }
}

//! Passwords: which are good enough, and how they are kept.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::database::{random_bytes, unavailable};
use crate::error::AppError;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most: enough for any sentence, and short of what would keep the server busy.
pub const LONGEST: usize = 128;

/// Whose password it is, since a person's own name is the first thing that is guessed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Owner {
    /// "Amina".
    pub given_name: String,
    /// "Rahman".
    pub family_name: String,
    /// "amina.rahman@bradford.example".
    pub email: String,
}

/// Says what is wrong with a password, in words that help to choose another.
pub fn check(password: &str, owner: &Owner) -> Result<(), String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(format!("Choose a password of at least {SHORTEST} characters. Three or four unusual words are easy to remember."));
    }
    if length > LONGEST {
        return Err(format!("Choose a password of at most {LONGEST} characters."));
    }
    if names_of(owner).iter().any(|name| password.to_lowercase().contains(name)) {
        return Err("Choose a password without your own name or email in it.".to_owned());
    }
    let known = [&*owner.given_name, &*owner.family_name, &*owner.email, "reverie", "supervision", "parent-infant"];
    let estimate = zxcvbn(password, &known);
    if estimate.score() >= Score::Three { Ok(()) } else { Err(advice(&estimate)) }
}

/// The parts of a name and address that are long enough to be recognised inside a password.
fn names_of(owner: &Owner) -> Vec<String> {
    let mailbox = owner.email.split('@').next().unwrap_or_default();
    [&*owner.given_name, &*owner.family_name, mailbox]
        .into_iter()
        .flat_map(|name| name.split([' ', '-', '.', '_', '+']).chain([name]))
        .map(str::to_lowercase)
        .filter(|name| name.chars().count() >= 3)
        .collect()
}

fn advice(estimate: &zxcvbn::Entropy) -> String {
    let feedback = estimate.feedback();
    let warning = feedback.and_then(|feedback| feedback.warning()).map(|warning| warning.to_string());
    let suggestion = feedback.and_then(|feedback| feedback.suggestions().first()).map(|suggestion| suggestion.to_string());
    let mut words = vec!["This password could be guessed.".to_owned()];
    words.extend(warning);
    words.push(suggestion.unwrap_or_else(|| "Add another word or two. Uncommon words are better.".to_owned()));
    words.join(" ")
}

/// Argon2id with 19 MiB and two passes, the first choice of the OWASP Password Storage Cheat Sheet; the crate's default is the same.
static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(Argon2::default);

/// How many passwords are worked on at once in this process: each takes its memory, and nobody may take it all.
static WORKERS: Semaphore = Semaphore::const_new(4);

/// A hash that belongs to no password, so that an unknown address costs the same time as a known one.
pub const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3VwZXJ2aXNpb25pc2hlbA$fPjyoHYeM7UPLpEFfbalds/+9ekeasCDx+C+oYYTUHU";

/// What is stored of a password.
pub async fn hash(password: &str) -> Result<String, AppError> {
    let password = password.to_owned();
    let salt = random_bytes::<16>();
    at_work(move || {
        let hash: PasswordHash = ARGON2.hash_password_with_salt(password.as_bytes(), &salt).map_err(unusable)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether a password is the one of a hash.
pub async fn matches(password: &str, hash: &str) -> Result<bool, AppError> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    at_work(move || {
        let hash = PasswordHash::new(&hash).map_err(|_| unavailable("a stored password hash cannot be read"))?;
        Ok(ARGON2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

/// Runs what takes long on a thread of its own, so that other requests are answered meanwhile.
async fn at_work<T: Send + 'static>(work: impl FnOnce() -> Result<T, AppError> + Send + 'static) -> Result<T, AppError> {
    let _place = WORKERS.acquire().await.map_err(|_| unavailable("no password can be checked any more"))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| unavailable("checking a password was broken off"))?
}

fn unusable(cause: argon2::password_hash::Error) -> AppError {
    unavailable(&format!("a password could not be hashed: {cause}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amina() -> Owner {
        Owner { given_name: "Amina".into(), family_name: "Rahman-Li".into(), email: "a.rahman@bradford.example".into() }
    }

    #[test]
    fn a_password_has_at_least_twelve_characters() {
        assert!(check("kelp Jupiter", &amina()).is_ok(), "twelve");
        assert!(check("kelpJupiter", &amina()).unwrap_err().contains("at least 12 characters"));
        assert!(check("øøøøøøøøøøø", &amina()).unwrap_err().contains("at least 12"), "characters count, not bytes");
        assert!(check(&"long ".repeat(30), &amina()).unwrap_err().contains("at most 128"));
    }

    #[test]
    fn a_password_does_not_hold_the_persons_own_name_or_email() {
        for password in ["xv9-AMINA-trellis-moat", "rahman walks on gravel", "a.rahman@bradford.example"] {
            assert!(check(password, &amina()).unwrap_err().contains("your own name"), "{password}");
        }
        assert!(check("gravel linen trellis moat", &amina()).is_ok(), "two letters of a name are in many words");
    }

    #[test]
    fn a_password_that_could_be_guessed_is_refused_with_advice() {
        for password in ["password1234", "aaaaaaaaaaaa", "qwertyuiop[]", "abcdefghijkl", "supervision2026"] {
            let advice = check(password, &amina()).unwrap_err();
            assert!(advice.starts_with("This password could be guessed."), "{password}: {advice}");
        }
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_no_other() {
        let stored = hash("gravel linen trellis moat").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the parameters of the OWASP cheat sheet");
        assert!(!stored.contains("gravel"));
        assert!(matches("gravel linen trellis moat", &stored).await.unwrap());
        assert!(!matches("gravel linen trellis boat", &stored).await.unwrap());
        assert_ne!(stored, hash("gravel linen trellis moat").await.unwrap(), "each has its own salt");
    }

    #[tokio::test]
    async fn the_hash_of_nobody_costs_what_any_other_costs_and_never_matches() {
        let stored = hash("gravel linen trellis moat").await.unwrap();
        let costs = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(costs(NOBODYS_HASH), costs(&stored));
        assert!(!matches("", NOBODYS_HASH).await.unwrap());
    }

    proptest! {
        // Estimating takes its time, the more so without optimisation.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn whatever_is_typed_is_accepted_or_refused_with_a_sentence(password in "\\PC{0,40}") {
            if let Err(advice) = check(&password, &amina()) {
                prop_assert!(advice.ends_with('.'));
                prop_assert!(password.is_empty() || !advice.contains(&password) || password.chars().count() < SHORTEST);
            }
        }

        #[test]
        fn a_name_inside_a_password_is_found_wherever_it_stands(before in "[a-z0-9 ]{0,20}", after in "[a-z0-9 ]{12,20}") {
            let password = format!("{before}aMiNa{after}");
            prop_assert!(check(&password, &amina()).is_err());
        }
    }
}

//! The places of an authority on the board of a round, which a move by hand does not pass either. Whoever has no way to meet left is not among those who
//! share them when the round is asked, and can be placed by hand all the same, with a reason.

use std::collections::{BTreeMap, BTreeSet};

use ::matching::{Destination, Instance, Proposal};

use crate::error::AppError;

/// Whether somebody who goes there would bring an authority past the places that it may have. Who comes with them into a new group counts too.
pub(super) fn is_past_the_places((instance, groups): (&Instance, &Proposal), most: Option<i64>, who: &str, to: &Destination) -> bool {
    let Some(most) = most else { return false };
    let with: &[String] = match to {
        Destination::List => return false,
        Destination::Group(_) => &[],
        Destination::New { with, .. } => with,
    };
    let placed: BTreeSet<&str> = groups.groups.iter().flat_map(|group| &group.members).map(String::as_str).collect();
    let come: BTreeSet<&str> = with.iter().map(String::as_str).chain([who]).filter(|comes| !placed.contains(comes)).collect();
    let mut taken: BTreeMap<&str, (i64, bool)> = BTreeMap::new();
    // Whoever supervises and asks for a place belongs to no authority.
    for one in instance.practitioners.iter().filter(|one| !one.authority.is_empty()) {
        let comes = come.contains(one.id.as_str());
        if comes || placed.contains(one.id.as_str()) {
            let (count, has_new) = taken.entry(&one.authority).or_default();
            *count += 1;
            *has_new |= comes;
        }
    }
    taken.values().any(|(count, has_new)| *has_new && *count > most)
}

/// What is said where it would.
pub(super) fn places_are_taken() -> AppError {
    AppError::Conflict(
        "The places of their authority in this round are taken, so nobody else of it is placed by hand either. Move somebody of it back to the list first, or run the round again with more places.".to_owned(),
    )
}

/// The same of whoever has no place because of it.
pub(super) fn taken_in_words(authority: &str) -> String {
    format!("The places of {authority} in this round are taken.")
}

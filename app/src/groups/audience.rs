//! Who can see a group's pages, in a sentence made from the rule that opens them.

use super::answers::in_words;
use crate::access::{Permission, holders_in_words};

/// The members, the supervisor, and the roles that manage every group: exactly those whom the opener of a group lets in.
pub fn audience_of_group(members: usize, supervisor: &str) -> String {
    let members = match members {
        0 => String::new(),
        1 => "the one member, ".to_owned(),
        several => format!("the {} members, ", in_words(several)),
    };
    format!("{members}{supervisor}, and the Centre’s {}. No other group and no employer sees it.", managers())
}

/// The supervisor and the roles that manage every group: those who read who came, as they do on each session's page.
pub fn audience_of_attendance(supervisor: &str) -> String {
    let readers = format!("{supervisor} and the Centre’s {}.", managers());
    format!("{readers} Each member sees their own on the page of their hours, and not that of others.")
}

/// The same where no group is named: "the group’s members, its supervisor, and the Centre’s coordinators and clinical leads".
pub fn audience_of_any_group() -> String {
    format!("the group’s members, its supervisor, and the Centre’s {}", managers())
}

/// "coordinators and clinical leads".
fn managers() -> String {
    holders_in_words(Permission::SeeEveryGroup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_the_members_the_supervisor_and_the_roles_of_the_policy() {
        assert_eq!(
            audience_of_group(5, "Dr Ruth A."),
            "the five members, Dr Ruth A., and the Centre’s coordinators and clinical leads. No other group and no employer sees it."
        );
        assert!(audience_of_group(0, "Dr Ruth A.").starts_with("Dr Ruth A., and the Centre’s"));
    }
}

//! Who can see a group's pages, in a sentence made from the rule that opens them.

use super::answers::in_words;
use crate::access::{Permission, holders};
use crate::ui::and;

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

/// "coordinators and clinical leads".
fn managers() -> String {
    let names: Vec<String> = holders(Permission::SeeEveryGroup).iter().map(|role| format!("{}s", role.name().to_lowercase())).collect();
    and(&names)
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

use leptos::prelude::*;

use crate::access::{Permission, Role, holders};
use crate::paths;
use crate::ui::{Heading, Icon, Listing, OnPhone, PageHead};

/// Every permission beside every role, made from the matrix that guards the data.
#[component]
pub fn WhoSeesWhatPage() -> impl IntoView {
    let headings: Vec<Heading> = ["What"].into_iter().chain(Role::ALL.map(Role::name)).map(Heading::of).collect();
    let rows = Permission::ALL.into_iter().map(|permission| view! { <PermissionRow permission /> }).collect_view();
    view! {
        <PageHead
            title="Who sees what"
            up=(paths::HELP.to_owned(), "Help".to_owned())
            about="This table is made from the rules by which the site itself decides, so it is always true."
        />
        <div class="prose">
            <p>"“Own” means: as a member of a group, or as its supervisor. Nobody sees a group or a session that is not theirs, unless a row below says so. Where somebody may not see a page, it answers as if it did not exist."</p>
            <p>"Somebody with several roles may do what any of them may do."</p>
        </div>
        <div class="above-5">
            <Listing caption="What each role may do" frame="Who sees what" headings on_phone=OnPhone::Names>{rows}</Listing>
        </div>
    }
}

/// What one permission allows, and to whom.
#[component]
fn PermissionRow(permission: Permission) -> impl IntoView {
    let held_by = holders(permission);
    let cells = Role::ALL
        .into_iter()
        .map(|role| {
            if held_by.contains(&role) {
                view! { <td role="cell" data-role=role.name()><Icon name="check" /><span class="vh">"Yes"</span></td> }.into_any()
            } else {
                view! { <td role="cell"><span class="quiet" aria-hidden="true">"–"</span><span class="vh">"No"</span></td> }.into_any()
            }
        })
        .collect_view();
    view! { <tr role="row"><th scope="row" role="rowheader">{permission.sentence()}</th>{cells}</tr> }
}

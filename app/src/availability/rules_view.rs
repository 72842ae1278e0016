//! How each kind of conflict is treated.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::ConflictRules;
use super::api::{ChangeConflictRules, conflict_rules_now};
use super::level::{ClashKind, Level};
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, Hidden, PageHead, PostForm, SelectField, load};

/// Every kind of conflict with its level, to be changed.
#[component]
pub fn ConflictRulesPage() -> impl IntoView {
    load(conflict_rules_now(), |rules| view! { <Rules rules /> })
}

#[component]
fn Rules(rules: ConflictRules) -> impl IntoView {
    let shown = rules.rules.iter().map(|(_, level)| level.key()).collect::<Vec<_>>().join(",");
    let levels: Vec<(String, String)> = Level::ALL.map(|level| (level.key().to_owned(), level.name().to_owned())).to_vec();
    let field = move |(kind, level): (ClashKind, Level)| {
        let usual = format!("Default: {}.", kind.usual_level().name().to_lowercase());
        let levels = levels.clone();
        view! { <SelectField name=kind.key() label=kind.name() hint=usual value=level.key() options=levels /> }
    };
    view! {
        <PageHead
            title="Rules for conflicts"
            up=(paths::CONFLICTS.to_owned(), "Conflicts".to_owned())
            about="How each kind of conflict is treated when sessions are planned, and in the list of what no longer fits."
        >
            <Audience tier=4 sentence=format!("the Centre’s {}.", holders_in_words(Permission::ManageConflictRules)) />
        </PageHead>
        <section class="card prose" aria-label="Rules">
            <PostForm action=ChangeConflictRules::PATH>
                <Hidden name="shown" value=shown />
                {rules.rules.into_iter().map(field).collect_view()}
                <div class="form-foot"><button class="btn" type="submit">"Save the rules"</button></div>
            </PostForm>
        </section>
    }
}

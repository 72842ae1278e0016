//! What is held about somebody, for themselves.

use leptos::prelude::*;

use super::api::my_data;
use super::held::{Held, HeldPart};
use crate::paths;
use crate::ui::{Audience, Icon, PageHead, figure, load};

/// All that is held about the reader: how much, where it stands, how long it is kept, and one file to take along.
#[component]
pub fn MyDataPage() -> impl IntoView {
    load(my_data(), |held| {
        let file = format!("{}.json", paths::MY_DATA);
        let action = view! { <a class="btn" href=file download><Icon name="download" />"Download all of it"</a> }.into_any();
        view! {
            <PageHead
                title="What we hold about you"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Beside your name, email, profession, authority and roles, which stand on the page of your account."
                actions=action
            >
                <Audience tier=1 sentence="only you see it together like this. Who sees each part stands on its own page." />
            </PageHead>
            <Parts held />
            <section class="card above-4" aria-labelledby="file">
                <div class="card__head"><h2 id="file">"The file"</h2></div>
                <p>"It holds all of this as text that other programs can read (JSON). Nobody is named in it but whom you named yourself. Keep it somewhere safe: it has the reasons of your apologies, and what you answered when you registered."</p>
                <p class="small muted above-2">"What coordinators note to keep people safe in groups is not in it. To see, correct or delete that or anything else, ask the Centre’s coordinator; "<a href=paths::PRIVACY>"Privacy"</a>" says what your rights are."</p>
            </section>
        }
    })
}

#[component]
fn Parts(held: Held) -> impl IntoView {
    let parts = held.parts.into_iter().map(part_row).collect_view();
    view! {
        <section class="card above-4" aria-labelledby="parts">
            <div class="card__head"><h2 id="parts">"Part by part"</h2></div>
            <dl class="summary summary--ways">{parts}</dl>
        </section>
    }
}

fn part_row((part, count): (HeldPart, i64)) -> impl IntoView {
    let place = part.place().map(|(address, name)| view! { <a href=address>{name}</a> });
    view! {
        <div>
            <dt>{part.name()}</dt>
            <dd><b class="num">{figure(count)}</b>". "<span class="muted">{part.kept()}</span></dd>
            <dd class="summary__act">{place}</dd>
        </div>
    }
}

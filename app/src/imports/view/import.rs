//! An import: what would become of it, or what has.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::bring::{ImportAudience, moment};
use super::rows::{AddedTable, ChangedList, LeftTable, TakenTable};
use crate::access::page_day;
use crate::imports::answers::{Import, Taken};
use crate::imports::api::{GiveUpImport, InviteImported, TakeImport, TakeImportBack, import_of};
use crate::imports::forms::ImportAddress;
use crate::paths;
use crate::people::WorksThereQuestion;
use crate::ui::{Banner, Empty, Figure, Hidden, PageHead, PostForm, and, full_stop, load, param};

/// Shows what would become of each row, and takes it; shows what has become of it, and takes it back.
#[component]
pub fn ImportPage() -> impl IntoView {
    load(import_of(ImportAddress { code: param("code") }), |import| match import.taken.clone() {
        None => view! { <ToTake import /> }.into_any(),
        Some(taken) => view! { <HasTaken import taken /> }.into_any(),
    })
}

fn up() -> (String, String) {
    (paths::IMPORT_PEOPLE.to_owned(), "Import people from a spreadsheet".to_owned())
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

#[component]
fn ToTake(import: Import) -> impl IntoView {
    let until = moment(import.kept_until);
    let Import { code, left_out, added, changed, same, left, .. } = import;
    let figures = [
        ("Would be added", added.len()),
        ("Would be changed", changed.len()),
        ("Already as the file says", same),
        ("Rows to correct", left.len()),
    ];
    let figures = figures.into_iter().map(|(name, count)| view! { <Figure name>{count}</Figure> });
    view! {
        <PageHead title="Check before you import" up=up()
            about=format!("Nothing of the file is saved yet. It is forgotten on {until}. All times are UK time.") times=page_day()>
            <ImportAudience />
        </PageHead>
        <dl class="kpis">{figures.collect_view()}</dl>
        <LeftOut headings=left_out />
        <Take code=code.clone() added=added.len() changed=changed.len() left=left.len() />
        <div class="stack">
            <LeftTable rows=left code />
            <ChangedList people=changed />
            <AddedTable people=added />
        </div>
    }
}

/// The headings that mean nothing here.
#[component]
fn LeftOut(headings: Vec<String>) -> impl IntoView {
    (!headings.is_empty()).then(|| {
        let headings: Vec<String> = headings.into_iter().map(|heading| format!("“{heading}”")).collect();
        let columns = if headings.len() == 1 { "column" } else { "columns" };
        let title = full_stop(&format!("Nothing is imported from the {columns} {}", and(&headings)));
        let way = "No such heading is known. If it should be one of those listed where you chose the file, write it as it is there and import the file again.";
        view! { <div class="below-4"><Banner title><p>{way}</p></Banner></div> }
    })
}

#[component]
fn Take(code: String, added: usize, changed: usize, left: usize) -> impl IntoView {
    let give_up = view! { <GiveUp code=code.clone() /> };
    if added + changed == 0 {
        let (title, way) = if left == 0 {
            ("Everybody is already as the file says", "There is nothing to import. Discard the file, or choose another.")
        } else {
            ("No row can be imported yet", "Correct the rows in your file and import it again, or discard it.")
        };
        return view! { <div class="card below-5"><Empty title><p>{way}</p></Empty><div class="card__foot">{give_up}</div></div> }
            .into_any();
    }
    let button = match (added, changed) {
        (added, 0) => format!("Add {}", people(added)),
        (0, changed) => format!("Change {}", people(changed)),
        (added, changed) => format!("Add {} and change {changed}", people(added)),
    };
    let rest = if left == 0 { String::new() } else { format!(" {} to correct are left out, and can be downloaded.", rows(left)) };
    view! {
        <section class="card card--dawn below-5" aria-labelledby="take">
            <h2 id="take">"Import it?"</h2>
            <p class="above-2">{format!("None of them is written to: inviting people is a step of its own. You can undo the import for a day.{rest}")}</p>
            <PostForm action=TakeImport::PATH class="above-4">
                <Hidden name="code" value=code />
                <WorksThereQuestion hint="Asked of whoever is added with an authority, or moved to another. The community is open to them once it is confirmed; their supervision does not wait for it." />
                <div class="form-foot"><button class="btn" type="submit">{button}</button></div>
            </PostForm>
            <div class="above-3">{give_up}</div>
        </section>
    }
    .into_any()
}

#[component]
fn GiveUp(code: String) -> impl IntoView {
    view! {
        <PostForm action=GiveUpImport::PATH>
            <Hidden name="code" value=code />
            <button class="btn btn--second" type="submit">"Discard it"</button>
        </PostForm>
    }
}

#[component]
fn HasTaken(import: Import, taken: Taken) -> impl IntoView {
    let until = moment(import.kept_until);
    let Import { code, left, .. } = import;
    let Taken { people: lines, to_invite, is_taken_back, .. } = taken;
    let added = lines.iter().filter(|line| line.is_added).count();
    let (title, about) = if is_taken_back {
        ("Undone, but for some", "They have moved on since the import: were changed, invited, placed, or stand elsewhere beside the list of people. They stay as they are.".to_owned())
    } else {
        ("Imported", format!("{} were added and {} changed. You can undo this until {until}.", people(added), people(lines.len() - added)))
    };
    let invite = (to_invite > 0 && !is_taken_back).then(|| view! { <Invite code=code.clone() to_invite /> });
    let back = (!is_taken_back).then(|| view! { <TakeBack code=code.clone() /> });
    view! {
        <PageHead title up=up() about=format!("{about} All times are UK time.") times=page_day()>
            <ImportAudience />
        </PageHead>
        <div class="split">
            <div>
                <TakenTable people=lines />
                <LeftTable rows=left code />
            </div>
            <div class="split--side">{invite}{back}</div>
        </div>
    }
}

#[component]
fn Invite(code: String, to_invite: usize) -> impl IntoView {
    let button = if to_invite == 1 { "Send the invitation".to_owned() } else { format!("Send {to_invite} invitations") };
    view! {
        <section class="card" aria-labelledby="invite">
            <div class="card__head"><h2 id="invite">"Invite them"</h2></div>
            <p>{format!("{} can be invited. Undoing the import does not touch whoever has been invited.", people(to_invite))}</p>
            <PostForm action=InviteImported::PATH class="above-3">
                <Hidden name="code" value=code />
                <button class="btn" type="submit">{button}</button>
            </PostForm>
        </section>
    }
}

#[component]
fn TakeBack(code: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="back">
            <div class="card__head"><h2 id="back">"Undo the import"</h2></div>
            <p>"Whoever was added is removed, and whoever was changed is set back. Those who have moved on since stay as they are, and are named."</p>
            <PostForm action=TakeImportBack::PATH class="above-3">
                <Hidden name="code" value=code />
                <button class="btn btn--danger" type="submit">"Undo the import"</button>
            </PostForm>
        </section>
    }
}

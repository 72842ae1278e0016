//! The page of one authority.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::AuthorityRecord;
use super::api::{SetProgress, authority};
use super::forms::AuthorityForm;
use super::list_view::{RegisterAudience, StageMark, UpkeepBadge};
use super::model::Stage;
use crate::paths;
use crate::ui::{Field, Hidden, PageHead, PostForm, SelectField, address_with, day_month_year, load, param};

/// Where the Centre stands with an authority, and the people who work there.
#[component]
pub fn AuthorityPage() -> impl IntoView {
    load(authority(AuthorityForm { slug: param("slug") }), |record| {
        let progress = if record.may_change {
            view! { <ProgressForm record=record.clone() /> }.into_any()
        } else {
            view! { <ProgressFacts record=record.clone() /> }.into_any()
        };
        view! {
            <PageHead
                title=record.line.name.clone()
                up=(paths::AUTHORITIES.to_owned(), "Authorities".to_owned())
                about=record.line.region.clone()
            >
                <RegisterAudience />
            </PageHead>
            <div class="split">
                <div>
                    <section class="card" aria-labelledby="progress">
                        <div class="card__head"><h2 id="progress">"Where we stand"</h2><StageMark stage=record.line.stage /></div>
                        {progress}
                    </section>
                </div>
                <div class="split--side">
                    <People record=record.clone() />
                    <Codes record />
                </div>
            </div>
        }
    })
}

/// Stage, owner and next step, to be changed.
#[component]
fn ProgressForm(record: AuthorityRecord) -> impl IntoView {
    let AuthorityRecord { line, version, owners, today, .. } = record;
    let state = line.upkeep(today);
    let stages = Stage::ALL.into_iter().map(|stage| (stage.key().to_owned(), stage.name().to_owned())).collect();
    // Whoever has stopped coordinating stays on offer while they are still the owner.
    let former = line.owner.clone().filter(|owner| owners.iter().all(|other| other.code != owner.code));
    let nobody = (String::new(), "Nobody".to_owned());
    let owners = [nobody].into_iter().chain(owners.into_iter().chain(former).map(|owner| (owner.code, owner.short))).collect();
    let owner = line.owner.map(|owner| owner.code).unwrap_or_default();
    let (words, on) = line.next_step.map(|step| (step.words, step.on.to_string())).unwrap_or_default();
    view! {
        <PostForm action=SetProgress::PATH changes=Some(version)>
            <Hidden name="slug" value=line.slug />
            <SelectField name="stage" label="Stage" value=line.stage.key() options=stages />
            <SelectField name="owner" label="Owner" hint="Who keeps up with this authority" value=owner options=owners />
            <div class="field"><UpkeepBadge state /></div>
            <Field name="next_step" label="Next step" hint="A few words. Leave it empty where there is none." value=words />
            <Field name="next_step_on" label="Date of the next step" value=on kind="date" class="input--date" />
            <div class="form-foot"><button class="btn">"Save"</button></div>
        </PostForm>
    }
}

/// The same, to be read.
#[component]
fn ProgressFacts(record: AuthorityRecord) -> impl IntoView {
    let AuthorityRecord { line, today, .. } = record;
    let state = line.upkeep(today);
    let step = line.next_step.map(|step| format!("{}, {}", step.words, day_month_year(step.on)));
    view! {
        <dl class="summary">
            <div><dt>"Owner"</dt><dd>{line.owner.map_or_else(|| "Nobody".to_owned(), |owner| owner.short)}</dd></div>
            <div><dt>"Next step"</dt><dd>{step}" "<UpkeepBadge state /></dd></div>
        </dl>
    }
}

/// How many work there and how far they have come; the way to them for those who may see it.
#[component]
fn People(record: AuthorityRecord) -> impl IntoView {
    let people = record.people;
    let lines = [
        ("Registered", people.registered),
        ("Invited", people.invited),
        ("Not invited", people.not_invited),
        ("Suspended", people.suspended),
        ("In a group", people.placed),
    ];
    let lines = lines.into_iter().map(|(name, count)| view! { <dt>{name}</dt><dd class="num">{count.to_string()}</dd> }).collect_view();
    let way = record.may_see_people.then(|| {
        let address = address_with(paths::PEOPLE, &[("authority", &record.line.slug)]);
        view! { <p class="above-4"><a href=address>{format!("People from {}", record.line.name)}</a></p> }
    });
    view! {
        <section class="card" aria-labelledby="people">
            <div class="card__head"><h2 id="people">"People"</h2></div>
            <dl class="facts">{lines}</dl>
            {way}
        </section>
    }
}

#[component]
fn Codes(record: AuthorityRecord) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="about">
            <div class="card__head"><h2 id="about">"About"</h2></div>
            <dl class="facts">
                <dt>"Kind"</dt><dd>{record.kind}</dd>
                <dt>"Region"</dt><dd>{record.line.region}</dd>
                <dt>"ONS code"</dt><dd>{record.line.gss_code}</dd>
            </dl>
        </section>
    }
}

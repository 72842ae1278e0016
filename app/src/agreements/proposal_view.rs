//! Writing the text of an agreement, and asking everybody.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{ProposalDraft, Standing, VersionLine};
use super::api::{ProposeAgreement, agreement_to_propose};
use super::forms::{AgreementAddress, field_of_section};
use super::model::Section;
use crate::access::page_day;
use crate::groups::{in_words, within_sentence};
use crate::paths;
use crate::ui::{Audience, Field, Hidden, PageHead, PostForm, TextArea, load, param};

/// One field for each part of the text, and the day of the next review.
#[component]
pub fn ProposeAgreementPage() -> impl IntoView {
    let address = AgreementAddress { slug: param("slug"), version: String::new() };
    load(agreement_to_propose(address), |draft| {
        let ProposalDraft { slug, group, audience, base, from, sections, review_on, asked } = draft;
        let group = within_sentence(&group);
        let (up, back) = ((paths::agreement(&slug), format!("Agreement of {group}")), paths::agreement(&slug));
        view! {
            <PageHead title="Propose an agreement" tab=format!("Propose an agreement for {group}") up about=beginning(from) times=page_day()>
                <Audience tier=4 sentence=audience />
            </PageHead>
            <PostForm action=ProposeAgreement::PATH class="prose">
                <Hidden name="slug" value=slug />
                <Hidden name="base" value=base.to_string() />
                {sections.into_iter().enumerate().map(|(place, section)| part(place, section)).collect_view()}
                <Field name="review_on" label="Day of the next review" kind="date" class="input--date" value=review_on.to_string()
                    hint="Three months from now is usual for a new text, later every 6 to 12 months." />
                <p class="above-5">{consequence(asked)}</p>
                <div class="form-foot">
                    <button class="btn" type="submit">"Propose the text and ask everybody"</button>
                    <a href=back>"Cancel"</a>
                </div>
            </PostForm>
        }
    })
}

/// What the form begins with.
fn beginning(from: Option<VersionLine>) -> String {
    match from {
        None => "You begin with the Centre’s standard text. Change what you need; an empty line begins a new paragraph.".to_owned(),
        Some(VersionLine { version, standing: Standing::Proposed(_) }) => {
            format!("You begin with version {version}, which is proposed. Your text takes its place, and everybody is asked again.")
        }
        Some(VersionLine { version, .. }) => {
            format!("You begin with version {version}, which is in force until everybody has agreed to yours.")
        }
    }
}

/// Who will be told what.
fn consequence(asked: usize) -> String {
    let asked = in_words(asked);
    format!(
        "When you propose it, all {asked} in the group are asked to read it and agree, each by a message that holds nothing of the text. It comes into force when the last of them has agreed."
    )
}

fn part(place: usize, section: Section) -> impl IntoView {
    let rows = rows_for(&section.text);
    view! {
        <TextArea
            name=format!("sections[{}]", field_of_section(place))
            label=format!("{}. {}", place + 1, section.heading)
            value=section.text
            rows
        />
    }
}

/// As many lines as the text fills on a desk, within reason.
fn rows_for(text: &str) -> u16 {
    let lines: usize = text.lines().map(|line| line.chars().count() / 70 + 1).sum();
    u16::try_from(lines + 1).unwrap_or(u16::MAX).clamp(3, 16)
}

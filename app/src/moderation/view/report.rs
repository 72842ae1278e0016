//! Reporting a post.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::guard::Guarded;
use crate::moderation::answers::PostToReport;
use crate::moderation::api::{ReportPost, post_to_report_at};
use crate::spaces::{PostAddress, Reason, post_address};
use crate::ui::{Audience, Choices, Hidden, PageHead, PostForm, Safety, SelectField, TextArea, load, param};

/// The reasons for which something is reported or decided, as a form offers them.
pub(super) fn reasons() -> Vec<(String, String)> {
    Reason::EACH.map(|reason| (reason.key().to_owned(), reason.name().to_owned())).to_vec()
}

/// What a post says, and what is wrong with it.
#[component]
pub fn ReportPage() -> impl IntoView {
    let form = PostAddress { space: param("space"), number: param("number"), post: param("post") };
    load(post_to_report_at(form), |post| view! { <Shown post /> })
}

#[component]
fn Shown(post: PostToReport) -> impl IntoView {
    let PostToReport { space: (slug, _), kind, thread: (thread, title), number, html, looked_after_by } = post;
    let up = (post_address(&slug, thread, number), title);
    let who = if kind.is_closed() {
        "the group’s supervisor, and where it is about them a clinical lead, who sees this post and nothing else of the space. Neither its author nor anybody else is told that it was you."
    } else {
        "those who look after the space, coordinators and clinical leads, but for whomever it is about. Neither its author nor anybody else is told that it was you."
    };
    view! {
        <PageHead title="Report a post" up about="Somebody looks at it within one working day, and you are told what becomes of it.">
            <Audience tier=4 sentence=who />
        </PageHead>
        <section class="card prose" aria-labelledby="the-post">
            <h2 id="the-post" class="as-h3">{format!("Post {number}")}</h2>
            <div class="prose post__text above-2" inner_html=html></div>
        </section>
        <PostForm action=ReportPost::PATH class="prose above-5">
            <Hidden name="space" value=slug />
            <Hidden name="number" value=thread.to_string() />
            <Hidden name="post" value=number.to_string() />
            <Choices name="reason" legend="What is wrong with it?" options=reasons() />
                            <Guarded name="words">
                    <TextArea name="words" label="What else should they know? (optional)" hint="Do not repeat what could identify anybody." />
                </Guarded>
            <About looked_after_by />
            <div class="form-foot"><button class="btn" type="submit">"Report it"</button></div>
        </PostForm>
        <Safety />
    }
}

/// Whether it is about somebody who looks after the space, who is then told nothing of it.
#[component]
fn About(looked_after_by: Vec<(String, String)>) -> impl IntoView {
    (!looked_after_by.is_empty()).then(|| {
        let options = [(String::new(), "No".to_owned())].into_iter().chain(looked_after_by).collect();
        view! {
            <SelectField name="about" label="Is it about somebody who looks after this space?" options
                hint="Whoever you choose does not learn that there is a report, and has no part in what is decided." />
        }
    })
}

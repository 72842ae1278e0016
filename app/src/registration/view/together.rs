//! With whom somebody is kept together, without a reason.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::registration::answers::KeptTogether;
use crate::registration::api::{KeepTogether as KeepTogetherForm, LetPart};
use crate::ui::{Field, Hidden, PostForm};

/// With whom they are kept together, and the form that says so.
#[component]
pub fn Together(code: String, kept_together: Vec<KeptTogether>) -> impl IntoView {
    let lines = kept_together.into_iter().map(|line| item(&code, line)).collect::<Vec<_>>();
    let list = if lines.is_empty() {
        view! { <p class="muted">"Nobody."</p> }.into_any()
    } else {
        view! { <ul class="list">{lines}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="together">
            <div class="card__head"><h2 id="together">"Kept together with"</h2></div>
            <p class="small muted below-3">"As members of one group: one line is enough for each pair. It is a wish and no rule: in rounds that are started from now on they are placed in one group where every rule allows it, and apart rather than not at all. Only those who form groups see it. No reason is asked, and nobody is told. Two of whom each has asked for the other in their registration are kept together by themselves."</p>
            {list}
            <PostForm action=KeepTogetherForm::PATH class="above-4">
                <Hidden name="person" value=code />
                <Field name="together_email" label="The work email of the other" kind="email" inputmode="email" />
                <div class="form-foot"><button class="btn btn--second" type="submit">"Keep together"</button></div>
            </PostForm>
        </section>
    }
}

fn item(code: &str, line: KeptTogether) -> impl IntoView + use<> {
    let KeptTogether { id, with } = line;
    let (code, name) = (code.to_owned(), format!(" {with}"));
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{with}</p></div>
            <PostForm action=LetPart::PATH>
                <Hidden name="person" value=code />
                <Hidden name="line" value=id />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{name}</span></button>
            </PostForm>
        </li>
    }
}

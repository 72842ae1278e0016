//! Attaching a file, and the files of a post.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::spaces::answers::{Attached, AttachingPlace};
use crate::spaces::attaching::{AttachFile, RemoveFile, attaching_place_of};
use crate::spaces::forms::DraftForm;
use crate::spaces::model::{FileKind, MOST_FILES, writing_address};
use crate::ui::{Audience, Choices, Field, FileField, Hidden, Icon, PageHead, PostForm, load, query};

/// The file and what is said about it, for what somebody has begun to write, or what waits.
#[component]
pub fn AttachPage() -> impl IntoView {
    let asked = |name| query(name).unwrap_or_default();
    let form = DraftForm { space: asked("space"), number: asked("number"), held: asked("held"), ..DraftForm::default() };
    load(attaching_place_of(form), move |place| view! { <Shown place quoted=asked("quote") /> })
}

#[component]
fn Shown(place: AttachingPlace, quoted: String) -> impl IntoView {
    let AttachingPlace { space, thread, held, files } = place;
    let number = thread.as_ref().map(|(number, _)| number.to_string()).unwrap_or_default();
    let (back, above) = if held.is_empty() {
        let above = thread.map_or_else(|| "Write a post".to_owned(), |(_, title)| title);
        (format!("{}#write", writing_address(&space.slug, &number, &quoted)), above)
    } else {
        (paths::own_report(&held), "Your post that waits".to_owned())
    };
    let up = (back.clone(), above);
    let (tier, sentence) = (space.kind.tier(), space.kind.audience(&space.name));
    let nobody = vec![("yes".to_owned(), "Nobody of a family can be recognised in it, not by a face, a name or a place".to_owned())];
    let has_room = files.len() < MOST_FILES;
    let on = (!has_room).then(|| view! { <p class="above-4"><a class="btn" href=back.clone()>"Go on writing"</a></p> });
    view! {
        <PageHead title="Attach a file" up
            about="Your draft is kept. A picture is made anew: where and when it was taken is taken out of it. What a PDF says of who made it stays in it.">
            <Audience tier sentence />
        </PageHead>
        {has_room.then(|| view! {
            <PostForm action=AttachFile::PATH with_file=true class="prose above-4">
                <Hidden name="space" value=space.slug />
                <Hidden name="number" value=number />
                <Hidden name="quoted" value=quoted />
                <Hidden name="held" value=held />
                <FileField name="file" label="The file" hint="A PDF, PNG or JPEG of at most 8 MB."
                    accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg" />
                <Field name="description" label="What is in it?"
                    hint="Such as “The four steps of a first visit, as a drawing”. It is its name, and is read out to whoever cannot see it." />
                <Choices name="nobody" legend="Families" several=true options=nobody />
                <div class="form-foot">
                    <button class="btn" type="submit">"Attach it"</button>
                    <a href=back>"Go on without it"</a>
                </div>
            </PostForm>
        })}
        <Attachments files heading="Attached already" />
        {on}
    }
}

/// What is attached to a draft or to a post of one's own, each with a way to be rid of it.
#[component]
pub fn Attachments(
    /// The files.
    files: Vec<Attached>,
    /// What the list is called.
    heading: &'static str,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let files = files.into_iter().map(|file| {
            let label = format!(": {}", file.description);
            view! {
                <li class="row gap-3">
                    <a href=paths::community_file(&file.code)><Icon name="file-text" />{said(&file)}</a>
                    <PostForm action=RemoveFile::PATH>
                        <Hidden name="code" value=file.code.clone() />
                        <button class="linkbtn" type="submit">"Remove"<span class="vh">{label}</span></button>
                    </PostForm>
                </li>
            }
        });
        view! {
            <section class="above-4" aria-labelledby="attached">
                <h3 id="attached" class="as-h3">{heading}</h3>
                <ul class="attached__list above-2">{files.collect_view()}</ul>
            </section>
        }
    })
}

/// The files of a post: pictures as they are, a document by its name.
#[component]
pub fn Files<F>(
    /// The files.
    files: Vec<Attached>,
    /// The address of one of them, by its code, for whoever reads this page.
    address: F,
) -> impl IntoView
where
    F: Fn(&str) -> String,
{
    (!files.is_empty()).then(|| {
        let files = files.into_iter().map(|file| {
            let address = address(&file.code);
            match file.size {
                Some((width, height)) => view! {
                    <a href=address.clone()>
                        <img src=address.clone() alt=file.description width=width.to_string() height=height.to_string() loading="lazy" />
                    </a>
                }
                .into_any(),
                None => view! { <a class="row gap-2" href=address><Icon name="file-text" />{said(&file)}</a> }.into_any(),
            }
        });
        view! { <div class="attached">{files.collect_view()}</div> }
    })
}

/// "The agenda of the day (PDF, 1.2 MB)".
fn said(file: &Attached) -> String {
    let kind = match file.kind {
        FileKind::Pdf => "PDF",
        FileKind::Jpeg | FileKind::Png => "picture",
    };
    let tenths = (file.bytes + 52_428) / 104_857;
    let size = if tenths == 0 { format!("{} kB", (file.bytes + 1_023) / 1_024) } else { format!("{}.{} MB", tenths / 10, tenths % 10) };
    format!("{} ({kind}, {size})", file.description)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_said_with_its_kind_and_size() {
        let file = |bytes| Attached { code: String::new(), kind: FileKind::Pdf, description: "The agenda".to_owned(), size: None, bytes };
        assert_eq!(said(&file(3_000)), "The agenda (PDF, 3 kB)");
        assert_eq!(said(&file(1_258_291)), "The agenda (PDF, 1.2 MB)");
    }
}

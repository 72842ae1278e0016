//! What of the community lives in the browser: a box that shows what a text will look like and keeps it while it is typed, and the keys of a list of
//! posts. Everything that they do there is a link, a button or a form without them.

use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlTextAreaElement};

use super::drafting::{keep_draft, preview_text};
use super::forms::DraftForm;
use crate::ui::{Entered, Keeping};

/// How long somebody has to stop typing before the preview is asked for.
const PREVIEW_AFTER: Duration = Duration::from_millis(400);

/// A button of the toolbar, which stands above the box: its name, and what it puts before and after what is marked.
pub const MARKS: [(&str, &str, &str); 5] =
    [("Bold", "**", "**"), ("Italic", "*", "*"), ("Link", "[", "](https://)"), ("List", "\n- ", ""), ("Quotation", "\n> ", "")];

/// A box with a preview and a draft that keeps itself, and what makes the toolbar above it do something.
#[island]
pub fn Composing(
    /// The space's part of the address.
    space: String,
    /// The thread's number in it; empty of a new thread.
    number: String,
    /// The number of the post that is changed; empty of a new one.
    post: String,
    /// How often the draft was kept that stands there.
    kept: i64,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let html = RwSignal::new(String::new());
    Effect::new(move |_| {
        let toolbar = frame.get().and_then(|frame| frame.query_selector("[data-marks]").ok().flatten());
        if let Some(toolbar) = toolbar {
            let _ = toolbar.remove_attribute("hidden");
        }
    });
    let keeping = Keeping::new(kept);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let typed = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
        let place = DraftForm { space: space.clone(), number: number.clone(), post: post.clone(), ..DraftForm::default() };
        let form = move || frame.get_untracked().and_then(|frame| filled_in(&frame, place.clone())).unwrap_or_default();
        let text = form.clone();
        waiting.set_value(set_timeout_with_handle(move || show(text(), html), PREVIEW_AFTER).ok());
        keeping.changed(move |kept| keep_draft(form(), kept));
    };
    let typed_into = typed.clone();
    let mark = move |event: MouseEvent| {
        let place = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.get_attribute("data-mark")?.parse::<usize>().ok());
        let Some((_, before, after)) = place.and_then(|place| MARKS.get(place)) else { return };
        if let Some(area) = frame.get_untracked().and_then(|frame| text_area(&frame)) {
            put_around(&area, before, after);
            typed();
        }
    };
    view! {
        <div node_ref=frame on:input=move |_| typed_into() on:submit=move |_: SubmitEvent| keeping.sent() on:click=mark>
            {children()}
            <p class="small muted" role="status">{keeping.said()}</p>
            <section class="composer__preview" aria-label="What it will look like" hidden=move || html.with(String::is_empty)>
                <p class="small muted">"What it will look like"</p>
                <div class="prose post__text" inner_html=html></div>
            </section>
        </div>
    }
}

/// What stands in the box now.
fn filled_in(frame: &Element, place: DraftForm) -> Option<DraftForm> {
    let entered = Entered::within(frame)?;
    Some(DraftForm { title: entered.of("title"), text: entered.of("text"), is_unnamed: entered.is_ticked("unnamed"), ..place })
}

fn text_area(frame: &Element) -> Option<HtmlTextAreaElement> {
    frame.query_selector("textarea").ok().flatten()?.dyn_into().ok()
}

/// Asks the server what a text will look like: the browser knows no Markdown.
fn show(form: DraftForm, html: RwSignal<String>) {
    spawn_local(async move {
        if form.text.trim().is_empty() {
            html.set(String::new());
        } else if let Ok(preview) = preview_text(form).await {
            html.set(preview);
        }
    });
}

/// Puts something before and after what is marked, and leaves the mark on it.
fn put_around(area: &HtmlTextAreaElement, before: &str, after: &str) {
    let (Ok(start), Ok(end)) = (area.selection_start(), area.selection_end()) else { return };
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let place = |at: Option<u32>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(text.len()).min(text.len());
    let (start, end) = (place(start), place(end));
    // A line of its own begins with the text where nothing stands before it.
    let before = if start == 0 { before.trim_start_matches('\n') } else { before };
    let part = |from: usize, to: usize| String::from_utf16_lossy(text.get(from..to).unwrap_or_default());
    area.set_value(&format!("{}{before}{}{after}{}", part(0, start), part(start, end), part(end, text.len())));
    let from = start + before.encode_utf16().count();
    let _ = area.set_selection_range(u32::try_from(from).unwrap_or_default(), u32::try_from(from + end - start).unwrap_or_default());
    let _ = area.focus();
}

/// The posts and threads that the keys go between.
const STEPS: &str = "[data-post], [data-thread]";

/// The keys of a list of posts or threads, as people know them from other feeds, and a list of them.
#[island]
pub fn FeedKeys(
    /// Whether keys that are letters do anything.
    has_letters: bool,
    /// Where one searches.
    search: String,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let (is_awake, dialog) = (RwSignal::new(false), NodeRef::<html::Dialog>::new());
    Effect::new(move |_| {
        if !has_letters {
            return;
        }
        is_awake.set(true);
        let search = search.clone();
        let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
            let Some(frame) = frame.get_untracked() else { return };
            if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing() {
                return;
            }
            let is_done = match event.key().as_str() {
                "j" => step(&frame, 1),
                "k" => step(&frame, -1),
                "Enter" => follow(&frame, "[data-thread-link]"),
                "r" => follow(&frame, "[data-reply]") || focus_on("#field-text"),
                "u" => next_new(&frame),
                "/" => window().location().set_href(&search).is_ok(),
                "?" => dialog.get_untracked().is_some_and(|dialog| open(&dialog)),
                _ => false,
            };
            if is_done {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div node_ref=frame>
            {children()}
            <p class="only-wide small for-keys above-3" hidden=move || !is_awake.get()>
                <button type="button" class="linkbtn" on:click=move |_| { let _shown = dialog.get_untracked().is_some_and(|dialog| open(&dialog)); }>"Keyboard shortcuts"</button>
            </p>
            <dialog class="dialog" node_ref=dialog aria-labelledby="feed-keys">
                <h2 id="feed-keys" tabindex="-1">"Keyboard shortcuts"</h2>
                <dl class="keys">
                    {KEYS.map(|(key, effect)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{effect}</dd></div> }).collect_view()}
                </dl>
                <form method="dialog" class="dialog__foot"><button class="btn btn--second">"Close"</button></form>
            </dialog>
        </div>
    }
}

const KEYS: [(&str, &str); 7] = [
    ("J", "The next post"),
    ("K", "The post before"),
    ("Enter", "Open the thread that has the focus"),
    ("R", "Reply"),
    ("U", "The next that is new"),
    ("/", "Search"),
    ("?", "This help. Letters can be switched off under Appearance"),
];

/// Whether somebody is typing, or has a dialog open.
fn is_typing() -> bool {
    let is_field = |element: Element| element.matches("input, textarea, select, dialog, dialog *").unwrap_or(false);
    document().active_element().is_some_and(is_field)
}

fn open(dialog: &HtmlDialogElement) -> bool {
    dialog.show_modal().is_ok()
}

fn steps(frame: &Element) -> Vec<HtmlElement> {
    let Ok(found) = frame.query_selector_all(STEPS) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

/// The place of the post that has the focus.
fn here(steps: &[HtmlElement]) -> Option<usize> {
    let focused = document().active_element()?;
    steps.iter().position(|step| step.contains(Some(&focused)))
}

/// Goes a post forward or back.
fn step(frame: &Element, by: isize) -> bool {
    let steps = steps(frame);
    let next = match here(&steps) {
        None => 0,
        Some(place) => place.saturating_add_signed(by),
    };
    steps.get(next).is_some_and(focus)
}

/// Goes to the next post that is new.
fn next_new(frame: &Element) -> bool {
    let steps = steps(frame);
    let after = here(&steps).map_or(0, |place| place + 1);
    let is_new = |step: &&HtmlElement| {
        step.matches(".post--new").unwrap_or(false) || step.query_selector(".badge--warn").is_ok_and(|badge| badge.is_some())
    };
    steps.iter().skip(after).find(is_new).is_some_and(focus)
}

fn focus(step: &HtmlElement) -> bool {
    // A thread's own link has the focus, so that Enter opens it.
    let link = step.query_selector("[data-thread-link]").ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    link.as_ref().unwrap_or(step).focus().is_ok()
}

/// Follows a link of the post that has the focus.
fn follow(frame: &Element, link: &str) -> bool {
    let steps = steps(frame);
    let post = here(&steps).and_then(|place| steps.get(place));
    let link = post.and_then(|post| post.query_selector(link).ok().flatten()).and_then(|link| link.dyn_into::<HtmlElement>().ok());
    // A link that has the focus is followed by the browser itself.
    let link = link.filter(|link| document().active_element().is_none_or(|focused| focused != **link));
    link.inspect(|link| link.click()).is_some()
}

fn focus_on(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}

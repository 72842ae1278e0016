//! What the product says of its own accord: banners, badges, who can see a page, what to do when worried.

use leptos::prelude::*;

use super::icon::Icon;

/// What a banner or badge says by its colour, beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing out of the ordinary.
    Plain,
    /// Done, on track.
    Good,
    /// Needs attention.
    Warn,
    /// Wrong.
    Bad,
    /// Worth knowing.
    Info,
}

impl Tone {
    fn modifier(self, block: &str) -> String {
        match self {
            Self::Plain => String::new(),
            Self::Good => format!("{block}--good"),
            Self::Warn => format!("{block}--warn"),
            Self::Bad => format!("{block}--bad"),
            Self::Info => format!("{block}--info"),
        }
    }
}

/// A few words in a coloured ground.
#[component]
pub fn Badge(
    /// The colour.
    #[prop(default = Tone::Plain)]
    tone: Tone,
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("badge {}", tone.modifier("badge"))>{children()}</span> }
}

/// Something that the page has to say before its content.
#[component]
pub fn Banner(
    /// The colour.
    #[prop(default = Tone::Plain)]
    tone: Tone,
    /// The sentence that says it all.
    #[prop(into)]
    title: String,
    /// What else there is to know, and the way forward.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Good => "circle-check",
        Tone::Warn | Tone::Bad => "triangle-alert",
        Tone::Plain | Tone::Info => "info",
    };
    view! {
        <div class=format!("banner {}", tone.modifier("banner"))>
            <Icon name=icon />
            <div class="banner__body">
                <p class="strong">{title}</p>
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// Several sentences under one title, in the colour of how serious they are.
#[component]
pub fn Sentences(
    /// The colour.
    tone: Tone,
    /// What they have in common.
    #[prop(into)]
    title: String,
    /// Each of them.
    sentences: Vec<String>,
) -> impl IntoView {
    let lines: Vec<_> = sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
    view! { <div class="above-4"><Banner tone title><ul class="plain small stack gap-1">{lines}</ul></Banner></div> }
}

/// What the last form did, said once on the page that it led to.
#[component]
pub fn NoticeBanner() -> impl IntoView {
    notice_of_request().map(|notice| {
        let undo = notice.undo().map(|(action, of)| view! { <UndoButton action of /> });
        view! {
            <div class="below-5" role="status">
                <Banner tone=Tone::Good title=notice.sentence()>{undo}</Banner>
            </div>
        }
    })
}

/// Takes back what the last form did, while that is possible.
#[component]
fn UndoButton(action: String, of: String) -> impl IntoView {
    view! {
        <form method="post" action=super::page::current_path() class="above-2">
            <input type="hidden" name="_action" value=action />
            <input type="hidden" name=super::form::field_name("change") value=of />
            // Where it is one to which somebody comes back, they are led there.
            <input type="hidden" name=super::form::field_name("back") value=super::page::current_path() />
            <button class="btn btn--second btn--sm" type="submit">"Undo"</button>
        </form>
    }
}

/// What a form left for the page after it, as the server hands it in: a sentence, and below it, each on a line of its own, the function that takes
/// back what was done and what it is told.
#[derive(Clone, Debug)]
pub struct Notice(pub String);

impl Notice {
    fn sentence(&self) -> String {
        self.0.lines().next().unwrap_or_default().to_owned()
    }

    fn undo(&self) -> Option<(String, String)> {
        let mut lines = self.0.lines().skip(1);
        let action = lines.next().filter(|action| action.starts_with("/api/"))?;
        Some((action.to_owned(), lines.next()?.to_owned()))
    }
}

fn notice_of_request() -> Option<Notice> {
    use_context::<http::request::Parts>()?.extensions.get::<Notice>().cloned()
}

/// "Who can see this", directly under the title.
#[component]
pub fn Audience(
    /// How wide the circle is: 1 only you, 2 you and one other, 3 a group, 4 roles at the Centre.
    tier: u8,
    /// The people or roles, and who can not when that is what people fear.
    #[prop(into)]
    sentence: String,
) -> impl IntoView {
    view! {
        <p class="audience">
            <Rings tier />
            <span><b>"Who can see this: "</b>{sentence}</span>
        </p>
    }
}

/// Three rings round a dot, as many of them drawn as the circle of readers is wide.
#[component]
fn Rings(tier: u8) -> impl IntoView {
    let rings = [(2, "5"), (3, "8"), (4, "11")]
        .into_iter()
        .map(|(from_tier, radius)| view! { <circle cx="12" cy="12" r=radius class:on=(tier >= from_tier)></circle> })
        .collect_view();
    view! {
        <svg class="rings" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle class="dot" cx="12" cy="12" r="2.2"></circle>
            {rings}
        </svg>
    }
}

/// The attunement lines: two lines that move together, part, and meet again. Decoration, and never behind words that matter.
#[component]
pub fn Lines(
    /// Where they stand: `hero__lines`, `portal__lines`, `empty__lines` or `onething__lines`.
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 1200 300" preserveAspectRatio="none" fill="none" aria-hidden="true" focusable="false">
            <use href="/lines.svg#outer"></use>
            <use class="line-dawn" href="/lines.svg#inner"></use>
        </svg>
    }
}

/// A place where nothing is yet: what will be here, and what to do.
#[component]
pub fn Empty(
    /// What will be here.
    #[prop(into)]
    title: String,
    /// What to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Lines class="empty__lines" />
            <h2 class="as-h3">{title}</h2>
            {children.map(|children| children())}
        </div>
    }
}

/// What to do if worried about somebody now, at the foot of the pages where that may happen.
#[component]
pub fn Safety() -> impl IntoView {
    view! {
        <p class="safety">
            <Icon name="shield" />
            <span>
                <b>"Worried about a baby, child or adult now?"</b>
                " Follow your own employer’s safeguarding procedure. If someone is in immediate danger, phone 999. Nobody watches this site out of hours."
            </span>
        </p>
    }
}

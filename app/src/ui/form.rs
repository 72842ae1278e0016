//! Forms that work without scripts and lose nothing that was typed.
//!
//! A form is posted to the page's own address with the name of the server function in it. The server calls that function; where it
//! refuses, the same page is rendered again with a [`Rejected`] beside the request, from which fields take what was typed and what is wrong.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::prelude::*;

use super::field::Hidden;
use super::page::current_path;
use crate::error::{AppError, Problem};

/// A form that was refused, as the page that is rendered again gets to know it.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// The server function's path.
    pub action: String,
    /// Why.
    pub error: AppError,
    /// Every field as it was sent, by its full name (`form[starts_on]`).
    pub entered: Vec<(String, String)>,
}

impl Rejected {
    /// The refusal that belongs to the request being answered, if there is one.
    pub fn of_request() -> Option<Arc<Self>> {
        use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<Arc<Self>>().cloned())
    }

    /// What was typed into a field of the form; empty where it has none of that name.
    pub fn entered_in(&self, name: &str) -> String {
        let full_name = field_name(name);
        self.entered.iter().find(|(field, _)| *field == full_name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn problems(&self) -> &[Problem] {
        match &self.error {
            AppError::Invalid(problems) => problems,
            _ => &[],
        }
    }
}

/// What a form answered on its own page, as the page that is rendered again gets to know it.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The server function's path.
    pub action: String,
    /// What it answered.
    pub answer: String,
}

impl Answered {
    /// The answer to a form of this request, if that form was sent.
    pub fn to_form(action: &str) -> Option<String> {
        let parts = use_context::<http::request::Parts>()?;
        let answered = parts.extensions.get::<Arc<Self>>().filter(|answered| answered.action == action)?;
        Some(answered.answer.clone())
    }
}

/// A file that was sent with a form, which the server takes out of it and puts beside the request: what is left is a form like any other.
#[derive(Clone, Debug)]
pub struct SentFile(Arc<[u8]>);

impl SentFile {
    /// A file of this content.
    pub fn of(content: &[u8]) -> Self {
        Self(content.into())
    }

    /// The file of the request being answered, if there is one.
    pub fn of_request() -> Option<Self> {
        use_context::<http::request::Parts>()?.extensions.get::<Self>().cloned()
    }

    /// Whether there is anything in it: a browser sends an empty one where none was chosen.
    pub fn is_chosen(&self) -> bool {
        !self.0.is_empty()
    }

    /// What is in it.
    pub fn content(&self) -> Arc<[u8]> {
        self.0.clone()
    }
}

/// What the fields of one form know.
#[derive(Clone, Debug, Default)]
pub enum FormState {
    /// Nothing was sent yet.
    #[default]
    Fresh,
    /// It was sent and refused: what was typed, and what is wrong.
    Refused(Arc<Rejected>),
    /// It was sent, and somebody else had changed the same thing meanwhile. Each field then says what stands there now, so that whoever sends it again
    /// knows what they put theirs in place of.
    Overtaken(Arc<Rejected>),
    /// Its answers stand in the page's address, from which the page fills the fields itself; what is wrong with them.
    InAddress(Vec<Problem>),
}

impl FormState {
    /// The state of the form that a component stands in.
    pub fn of_form() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether a component is made within a form. One that is made before its form knows neither what was typed nor under which name it is
    /// sent; such a field bears a mark, and the tests of every page look for it.
    pub fn is_known() -> bool {
        use_context::<Self>().is_some()
    }

    /// The name under which a field is sent: its own where it stands in the address, and below the function's argument otherwise.
    pub fn sent_as(&self, name: &str) -> String {
        if matches!(self, Self::InAddress(_)) { name.to_owned() } else { field_name(name) }
    }

    fn rejected(&self) -> Option<&Rejected> {
        match self {
            Self::Refused(rejected) | Self::Overtaken(rejected) => Some(rejected),
            Self::Fresh | Self::InAddress(_) => None,
        }
    }

    /// What was typed into a field before the form was refused. A refused form without the field answers with nothing typed.
    pub fn entered(&self, name: &str) -> Option<String> {
        Some(self.rejected()?.entered_in(name))
    }

    /// Every value that was sent under a name, for groups of tick boxes; `None` where the form was not refused.
    pub fn all_entered(&self, name: &str) -> Option<Vec<String>> {
        let rejected = self.rejected()?;
        let full_name = field_name(name);
        let values =
            rejected.entered.iter().filter(|(field, _)| field.split("[]").next() == Some(full_name.as_str()) || *field == full_name);
        Some(values.map(|(_, value)| value.clone()).collect())
    }

    /// What is wrong with a field.
    pub fn problem(&self, name: &str) -> Option<String> {
        let problems = match self {
            Self::Fresh => return None,
            Self::Refused(rejected) | Self::Overtaken(rejected) => rejected.problems(),
            Self::InAddress(problems) => problems,
        };
        problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.clone())
    }
}

/// The name under which a field is sent: every server function takes one argument called `form`.
/// A name with brackets of its own is a path inside it: `marks[0][state]`.
pub fn field_name(name: &str) -> String {
    match name.split_once('[') {
        Some((first, rest)) => format!("form[{first}][{rest}"),
        None => format!("form[{name}]"),
    }
}

/// The address of a field within its page, for labels and the error summary.
pub fn field_id(name: &str) -> String {
    format!("field-{}", name.replace(['[', ']'], "-").trim_end_matches('-'))
}

/// A form that calls a server function.
#[component]
pub fn PostForm(
    /// The path of the server function: `SendApologies::PATH`.
    action: &'static str,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
    /// A function whose form this one stands in for since the page has changed: what was typed there is here.
    #[prop(optional)]
    in_place_of: Option<&'static str>,
    /// Whether a file is sent with it.
    #[prop(optional)]
    with_file: bool,
    /// The version of what its fields change, which is sent with it.
    #[prop(default = None)]
    changes: Option<i64>,
    children: Children,
) -> impl IntoView {
    let rejected = Rejected::of_request().filter(|rejected| rejected.action == action || in_place_of == Some(rejected.action.as_str()));
    let state = match rejected {
        None => FormState::Fresh,
        Some(rejected) if changes.is_some() && matches!(rejected.error, AppError::Conflict(_)) => FormState::Overtaken(rejected),
        Some(rejected) => FormState::Refused(rejected),
    };
    view! {
        <Provider value=state>
            <form method="post" action=current_path() class=class novalidate enctype=with_file.then_some("multipart/form-data")>
                <input type="hidden" name="_action" value=action />
                {changes.map(|version| view! { <Hidden name="version" value=version.to_string() /> })}
                {children()}
            </form>
        </Provider>
    }
}

/// A form that asks and changes nothing: its answers stand in the page's address, so that the page can be kept, shared and gone back to.
#[component]
pub fn AskForm(
    /// The address of the page.
    #[prop(into)]
    address: String,
    /// What is wrong with the answers that stand in it already.
    problems: Vec<Problem>,
    /// Further classes.
    #[prop(optional, into)]
    class: String,
    children: Children,
) -> impl IntoView {
    view! {
        <Provider value=FormState::InAddress(problems)>
            <form method="get" action=address class=class novalidate>{children()}</form>
        </Provider>
    }
}

/// What went wrong, first in `main`, each line leading to its field.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    Rejected::of_request().map(|rejected| {
        let problems = rejected.problems().to_vec();
        if problems.is_empty() {
            let nowhere = Problem::new("", rejected.error.to_string());
            return view! { <ProblemSummary problems=vec![nowhere] /> };
        }
        view! { <ProblemSummary problems /> }
    })
}

/// Problems above the form that has them, each leading to its field; nothing where there are none.
#[component]
pub fn ProblemSummary(
    /// The problems, in the order of the form.
    problems: Vec<Problem>,
) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let lines = match problems.as_slice() {
            [Problem { field, message }] if field.is_empty() => view! { <p>{message.clone()}</p> }.into_any(),
            _ => view! { <ul class="plain">{problems.into_iter().map(problem_item).collect_view()}</ul> }.into_any(),
        };
        view! {
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary" autofocus>
                <h2 id="error-summary">"There is a problem"</h2>
                {lines}
            </div>
        }
    })
}

fn problem_item(problem: Problem) -> impl IntoView {
    let Problem { field, message } = problem;
    if field.is_empty() {
        return view! { <li>{message}</li> }.into_any();
    }
    view! { <li><a href=format!("#{}", field_id(&field))>{message}</a></li> }.into_any()
}

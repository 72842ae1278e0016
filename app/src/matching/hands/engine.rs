//! What the engine answers when it is asked, beside the page's own thread, what a move would do.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::JsValue;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// The engine with the board of a round in it.
#[derive(Clone, Debug)]
pub(super) struct Engine(Worker);

impl Engine {
    /// Sets it to work on the board of this address; nothing where a browser has no such thing. It ends with the page.
    pub(super) fn begin(engine: &str, board: &str, hear: impl Fn(Answer) + 'static) -> Option<Self> {
        let how = WorkerOptions::new();
        how.set_type(WorkerType::Module);
        how.set_name(board);
        let worker = Worker::new_with_options(engine, &how).ok()?;
        let hear = move |event: MessageEvent| hear(Answer::read(&event.data().as_string().unwrap_or_default()));
        let hear = Closure::<dyn Fn(MessageEvent)>::new(hear).into_js_value();
        worker.set_onmessage(Some(hear.unchecked_ref()));
        Some(Self(worker))
    }

    /// Asks where somebody could go. The answer is heard.
    pub(super) fn ask(&self, who: &str) {
        let _ = self.0.post_message(&JsValue::from_str(who));
    }
}

/// Where somebody could go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Who was asked about, as the round's file calls them.
    pub(super) who: String,
    /// What there is to know; nothing where the engine or the board did not arrive.
    pub(super) known: Option<Known>,
}

/// A board with somebody in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// How many changes the board has seen that the engine was given.
    pub(super) seen: i64,
    /// What its groups score.
    pub(super) score: i64,
    /// Where they could go.
    pub(super) ways: Vec<Way>,
}

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// What a form sends for it.
    pub(super) to: String,
    /// What it does to the score.
    pub(super) score_change: i64,
    /// Whether it can be done.
    pub(super) kind: WayKind,
    /// The rules that it breaks, as sentences.
    pub(super) broken: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayKind {
    /// It breaks no rule.
    Free,
    /// It breaks one that may be broken with a reason.
    WithReason,
    /// It breaks one that never is.
    Never,
}

impl WayKind {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::WithReason => "reason",
            Self::Never => "never",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        [Self::Free, Self::WithReason, Self::Never].into_iter().find(|kind| kind.key() == key)
    }
}

impl Answer {
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let who = lines.next().unwrap_or_default().to_owned();
        let known = || {
            let (seen, score) = (lines.next()?.parse().ok()?, lines.next()?.parse().ok()?);
            Some(Known { seen, score, ways: lines.map(Way::read).collect::<Option<_>>()? })
        };
        Self { who, known: { known }() }
    }
}

impl Way {
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split('\t');
        let (to, score_change, kind) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?, WayKind::of_key(parts.next()?)?);
        Some(Self { to, score_change, kind, broken: parts.next()?.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_line_by_line_and_one_without_a_board_says_so() {
        let text = "p-amina\n3\n48210\ngroup-2\t60\tfree\t\nlist\t-1100\treason\tGroup 1: One person too few.\n";
        let answer = Answer::read(text);
        assert_eq!(answer.who, "p-amina");
        let known = answer.known.unwrap();
        assert_eq!((known.seen, known.score), (3, 48_210));
        assert_eq!(known.ways[0], Way { to: "group-2".to_owned(), score_change: 60, kind: WayKind::Free, broken: String::new() });
        assert_eq!((known.ways[1].kind, known.ways[1].broken.as_str()), (WayKind::WithReason, "Group 1: One person too few."));
        assert_eq!(Answer::read("p-amina"), Answer { who: "p-amina".to_owned(), known: None });
        assert_eq!(Answer::read("p-amina\n3\n48210\ngroup-2\tmany\tfree\t").known, None);
    }
}

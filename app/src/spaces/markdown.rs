//! From Markdown to HTML that can stand in a page, whoever wrote it.
//!
//! Safe by what is made: tags that somebody types are text, headings are strong lines, pictures are their words, and a link leads to the web, to a
//! mail address or to a page of ours. Safe again by what is let through: the result is cleaned of everything else.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};

/// The words that a thread shows of itself in a list.
const EXCERPT: usize = 220;
/// How deep lists and quotations stand within one another. Whatever is deeper stands beside what it is in.
const DEEPEST: usize = 12;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(["a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"]))
        .tag_attributes([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))].into())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    cleaner
});

/// The text as HTML.
pub fn to_html(source: &str) -> String {
    let mut written = String::with_capacity(source.len() + source.len() / 4);
    html::push_html(&mut written, allowed(source));
    CLEANER.clean(&written).to_string()
}

/// The first words of the text, without anything but words.
pub fn excerpt(source: &str) -> String {
    let words = words_to(source, 8 * EXCERPT);
    match words.char_indices().nth(EXCERPT) {
        None => words,
        Some((end, _)) => {
            let cut = words.get(..end).unwrap_or_default();
            let whole = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
            format!("{whole}…")
        }
    }
}

/// All words of the text, without anything but words.
pub fn words_of(source: &str) -> String {
    words_to(source, usize::MAX)
}

/// The words of the text until there are enough.
fn words_to(source: &str, enough: usize) -> String {
    let mut words = String::new();
    for event in allowed(source) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => words.push(' '),
            _ => {}
        }
        if words.len() > enough {
            break;
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What of a text is shown.
fn allowed(source: &str) -> impl Iterator<Item = Event<'_>> {
    let (mut dead_links, mut depth) = (0_usize, 0_usize);
    let events = TextMergeStream::new(Parser::new_ext(source, Options::empty())).flat_map(move |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Heading { .. }) => vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)],
        Event::End(TagEnd::Heading(_)) => vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
            depth += 1;
            if depth > DEEPEST { Vec::new() } else { vec![event] }
        }
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
            depth = depth.saturating_sub(1);
            if depth >= DEEPEST { Vec::new() } else { vec![event] }
        }
        // What is left of a picture is what it is called.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        Event::Start(Tag::Link { ref dest_url, .. }) if !leads_somewhere(dest_url) => {
            dead_links += 1;
            Vec::new()
        }
        // Links do not stand within links, so the next end is that of the dead one.
        Event::End(TagEnd::Link) if dead_links > 0 => {
            dead_links -= 1;
            Vec::new()
        }
        other => vec![other],
    });
    Linked { events: Box::new(events), within: 0, waiting: Vec::new() }
}

/// Whether a link may lead there: to the web, to a mail address, or to a page of ours.
fn leads_somewhere(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let is_of_ours = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
    is_of_ours || ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Makes links of addresses that somebody pasted as they are.
struct Linked<'a> {
    events: Box<dyn Iterator<Item = Event<'a>> + 'a>,
    /// How deep it is within links and code, where addresses stay as they are.
    within: usize,
    waiting: Vec<Event<'a>>,
}

impl<'a> Iterator for Linked<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(event) = self.waiting.pop() {
            return Some(event);
        }
        let event = self.events.next()?;
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => self.within += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => self.within = self.within.saturating_sub(1),
            Event::Text(text) if self.within == 0 && text.contains("https://") => {
                self.waiting = linked(text);
                self.waiting.reverse();
                return self.waiting.pop();
            }
            _ => {}
        }
        Some(event)
    }
}

fn linked<'a>(text: &str) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '’', '"', '\'']);
        if !address.starts_with("https://") || address.len() < 12 {
            events.push(Event::Text(CowStr::from(piece.to_owned())));
            continue;
        }
        let rest = piece.get(address.len()..).unwrap_or_default().to_owned();
        let link = Tag::Link {
            link_type: pulldown_cmark::LinkType::Autolink,
            dest_url: CowStr::from(address.to_owned()),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        events.extend([
            Event::Start(link),
            Event::Text(CowStr::from(address.to_owned())),
            Event::End(TagEnd::Link),
            Event::Text(CowStr::from(rest)),
        ]);
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_types_runs_or_loads() {
        for typed in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=alert(1)>b</b>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,hello)",
            "[x](//elsewhere.example)",
            "[x](\\\\elsewhere.example)",
            "<javascript:alert(1)>",
            "![x](https://elsewhere.example/picture.png)",
            "[![x](https://elsewhere.example/picture.png)](javascript:alert(1))",
            "<svg><style>@import 'https://elsewhere.example'</style></svg>",
            "<iframe src=\"https://elsewhere.example\"></iframe>",
        ] {
            let html = to_html(typed);
            for part in ["<script", "<img", "<svg", "<iframe", "<b ", "<a "] {
                assert!(!html.contains(part), "{typed}: {html}");
            }
        }
    }

    #[test]
    fn what_is_meant_well_looks_as_it_was_meant() {
        assert_eq!(
            to_html("# Endings\n\nI *stay*, and **wait**."),
            "<p><strong>Endings</strong></p>\n<p>I <em>stay</em>, and <strong>wait</strong>.</p>\n"
        );
        let rel = "rel=\"noopener noreferrer nofollow\"";
        assert_eq!(
            to_html("[a page](https://aimh.example/a?b=1&c=2)"),
            format!("<p><a href=\"https://aimh.example/a?b=1&amp;c=2\" {rel}>a page</a></p>\n")
        );
        assert_eq!(
            to_html("See https://aimh.example/reading, please."),
            format!("<p>See <a href=\"https://aimh.example/reading\" {rel}>https://aimh.example/reading</a>, please.</p>\n")
        );
        assert_eq!(to_html("[ours](/library)"), format!("<p><a href=\"/library\" {rel}>ours</a></p>\n"));
        assert_eq!(to_html("1 < 2 & `a <b>`"), "<p>1 &lt; 2 &amp; <code>a &lt;b&gt;</code></p>\n");
        assert_eq!(
            to_html("- one\n- two\n\n> said"),
            "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
        );
    }

    #[test]
    fn an_excerpt_is_words_and_ends_with_a_whole_one() {
        assert_eq!(excerpt("# Endings\n\nI *stay* <br> and ![a hand](x.png) wait."), "Endings I stay <br> and a hand wait.");
        let long = excerpt(&"attunement ".repeat(100));
        assert!(long.ends_with("attunement…") && long.chars().count() <= EXCERPT + 1, "{long}");
    }

    #[test]
    fn a_text_that_nests_without_end_is_made_in_time() {
        for typed in ["> ".repeat(10_000), "[".repeat(20_000), "*a ".repeat(6_000), "- ".repeat(10_000)] {
            assert!(!to_html(&typed).is_empty());
        }
    }
}

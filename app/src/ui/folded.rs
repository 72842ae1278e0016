//! Lists of which a part is behind a line that opens it, so that what stands below them is not far away.

use leptos::prelude::*;

/// The first lines of a list, and the others behind one line.
#[component]
pub fn Folded<T>(
    /// The lines.
    items: Vec<T>,
    /// How many stand open.
    shown: usize,
    /// What the others are, after their number.
    #[prop(default = "more")]
    what: &'static str,
    /// How the list is set.
    #[prop(default = "list")]
    class: &'static str,
) -> impl IntoView
where
    T: IntoView + 'static,
{
    let mut items = items;
    let others = items.split_off(items.len().min(shown));
    view! {
        <ul class=class>{items}</ul>
        <Further items=others what class />
    }
}

/// Lines behind one that says how many: "4 more". Nothing where there are none.
#[component]
pub fn Further<T>(
    /// The lines.
    items: Vec<T>,
    /// What they are, after their number.
    what: &'static str,
    /// How the list is set.
    #[prop(default = "list")]
    class: &'static str,
) -> impl IntoView
where
    T: IntoView + 'static,
{
    let summary = format!("{} {what}", items.len());
    (!items.is_empty()).then(|| view! { <details class="above-2"><summary>{summary}</summary><ul class=class>{items}</ul></details> })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(count: usize) -> String {
        let items: Vec<_> = (1..=count).map(|number| view! { <li>{number}</li> }).collect();
        Owner::new().with(|| view! { <Folded items shown=2 /> }.to_html()).replace("<!>", "")
    }

    #[test]
    fn the_first_lines_stand_open_and_the_others_behind_one_that_says_how_many() {
        assert_eq!(html(2), "<ul class=\"list\"><li>1</li><li>2</li></ul>");
        let others = "<details class=\"above-2\"><summary>2 more</summary><ul class=\"list\"><li>3</li><li>4</li></ul></details>";
        assert_eq!(html(4), format!("<ul class=\"list\"><li>1</li><li>2</li></ul>{others}"));
    }
}

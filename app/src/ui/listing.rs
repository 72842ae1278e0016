//! A list in columns, which a phone shows line by line.

use leptos::prelude::*;

/// What becomes on a phone of rows that are too wide for it. What each looks like stands in `style/ui/table.scss`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnPhone {
    /// A few lines for each row, in which a cell says its heading if need be, by its `data-head`.
    #[default]
    Lines,
    /// Two cells beside one another, and the others below them.
    Stack,
    /// What will be, below what is.
    Change,
    /// The names of those who may, below what they may.
    Names,
}

impl OnPhone {
    const fn class(self) -> &'static str {
        match self {
            Self::Lines => "table table--stack table--lines",
            Self::Stack => "table table--stack",
            Self::Change => "table table--stack table--change",
            Self::Names => "table table--stack table--who",
        }
    }
}

/// The heading of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    words: String,
    class: Option<&'static str>,
    address: Option<String>,
    is_sorted: bool,
}

impl Heading {
    /// The heading of a few words.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// The heading of figures, which stand below one another.
    pub fn of_figures(words: impl Into<String>) -> Self {
        Self { class: Some("r"), ..Self::of(words) }
    }

    /// The heading of many words, for which the other columns leave room.
    pub fn of_much(words: impl Into<String>) -> Self {
        Self { class: Some("roomy"), ..Self::of(words) }
    }

    /// The same, as the way to the list in the order of this column.
    #[must_use]
    pub fn leading_to(self, address: String) -> Self {
        Self { address: Some(address), ..self }
    }

    /// The same, of the column in whose order the list stands.
    #[must_use]
    pub fn sorted(self) -> Self {
        Self { is_sorted: true, ..self }
    }
}

/// A list in columns.
#[component]
pub fn Listing(
    /// What is listed, for whoever hears the page.
    #[prop(into)]
    caption: String,
    /// The name of the frame in which it moves sideways where it is too wide all the same; without a name there is none.
    #[prop(optional, into)]
    frame: String,
    /// The headings, in the order of the cells.
    #[prop(into)]
    headings: Vec<Heading>,
    /// What becomes of it on a phone.
    #[prop(optional)]
    on_phone: OnPhone,
    /// The rows, which say their own roles and those of their cells.
    children: Children,
) -> impl IntoView {
    let headings = headings.into_iter().map(column).collect_view();
    // The roles are said again, since a phone shows each line as a block, which would end the table for a screen reader.
    let table = view! {
        <table class=on_phone.class() role="table">
            <caption class="vh">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{headings}</tr></thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    };
    if frame.is_empty() {
        return table.into_any();
    }
    view! { <div class="scroll-x" tabindex="0" role="region" aria-label=frame>{table}</div> }.into_any()
}

fn column(heading: Heading) -> impl IntoView {
    let Heading { words, class, address, is_sorted } = heading;
    let words = match address {
        Some(address) => view! { <a href=address>{words}</a> }.into_any(),
        None => words.into_any(),
    };
    view! { <th scope="col" role="columnheader" class=class aria-sort=is_sorted.then_some("ascending")>{words}</th> }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A class that is not there is an empty attribute.
    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html()).replace("<!>", "").replace(" class=\"\"", "")
    }

    #[test]
    fn a_list_is_a_table_also_where_a_phone_shows_it_line_by_line() {
        let shown = html(|| {
            view! {
                <Listing caption="Groups" headings=[Heading::of("Group"), Heading::of_figures("Members")]>
                    <tr role="row"><th scope="row" role="rowheader">"Aire"</th><td role="cell" class="r">"5"</td></tr>
                </Listing>
            }
            .into_any()
        });
        assert!(shown.contains("role=\"table\"") && shown.contains("class=\"table table--stack table--lines\""), "{shown}");
        assert!(shown.contains("<th scope=\"col\" role=\"columnheader\">Group</th>"), "{shown}");
        assert!(shown.contains("<th scope=\"col\" role=\"columnheader\" class=\"r\">Members</th>"), "{shown}");
        assert!(!shown.contains("role=\"region\""), "{shown}");
    }

    #[test]
    fn a_heading_by_which_a_list_is_put_in_order_leads_there_and_says_whether_it_is() {
        let heading = Heading::of("Stage").leading_to("/authorities?sort=stage".to_owned()).sorted();
        let shown = html(|| view! { <Listing caption="Authorities" frame="Register" headings=[heading]>""</Listing> }.into_any());
        assert!(shown.contains("role=\"region\" aria-label=\"Register\""), "{shown}");
        assert!(shown.contains("aria-sort=\"ascending\"><a href=\"/authorities?sort=stage\">Stage</a></th>"), "{shown}");
    }
}

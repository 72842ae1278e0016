//! Pages as they are printed, and lists as other programs read them.

use leptos::prelude::*;

use super::icon::Icon;
use super::page::current_path;

/// The parameter of an address that shows a page as it is printed.
const PRINT: &str = "print";

/// Whether the page is asked for as it is printed: `?print`.
pub fn is_on_paper() -> bool {
    let here = current_path();
    here.split_once('?').is_some_and(|(_, query)| query.split('&').any(is_print))
}

fn is_print(parameter: &str) -> bool {
    parameter == PRINT || parameter.starts_with("print=")
}

/// An address without the wish to print.
pub fn without_print(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|parameter| !parameter.is_empty() && !is_print(parameter)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The same address, shown as it is printed.
pub fn with_print(address: &str) -> String {
    let address = without_print(address);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{PRINT}")
}

/// The ways to take a page along: its rows as CSV, and the page as it is printed.
#[component]
pub fn TakeAlong(
    /// The list's own address, where the page is a list: `/people`.
    #[prop(optional, into)]
    list: String,
    /// The whole address of its file, where that does not follow from the list's own.
    #[prop(optional, into)]
    file: String,
) -> impl IntoView {
    let here = current_path();
    let file = if list.is_empty() {
        file
    } else {
        let query = without_print(&here).split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
        format!("{list}.csv{query}")
    };
    let csv = (!file.is_empty()).then(|| view! { <a href=file download><Icon name="download" />"Download as CSV"</a> });
    view! {
        <p class="row gap-4 small links above-4 no-print">
            {csv}
            <a href=with_print(&here)><Icon name="printer" />"Show as printed"</a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_printed_with_all_that_its_address_says() {
        assert_eq!(with_print("/people"), "/people?print");
        assert_eq!(with_print("/people?role=supervisor&print=&page=2"), "/people?role=supervisor&page=2&print");
        assert_eq!(without_print("/people?role=supervisor&print"), "/people?role=supervisor");
        assert_eq!(without_print("/people?print=1"), "/people");
        assert_eq!(without_print("/people?printer=1"), "/people?printer=1");
    }
}

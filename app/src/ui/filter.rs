//! The bar above a list. Every filter is an address that can be kept and sent.

use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A path with the query parameters that say something; empty ones are left out.
pub fn address_with(path: &str, parameters: &[(&str, &str)]) -> String {
    let said: Vec<String> = parameters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// Search and selects with a button, which is Apply unless it is said otherwise; a way to clear them where there is something to clear.
#[component]
pub fn Filter(
    /// The list's own address.
    #[prop(into)]
    path: String,
    /// What it is a filter of, for screen readers: "Filter people".
    #[prop(into)]
    label: String,
    /// The words on the button.
    #[prop(default = "Apply")]
    press: &'static str,
    /// Whether anything is chosen.
    is_narrow: bool,
    /// Parameters of the address that stay when another filter is applied.
    #[prop(optional)]
    kept: Vec<(&'static str, String)>,
    children: Children,
) -> impl IntoView {
    let kept_pairs: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let clear = address_with(&path, &kept_pairs);
    let hidden = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path role="search" aria-label=label>
            {hidden}
            {children()}
            <button class="btn btn--second">{press}</button>
            {is_narrow.then(|| view! { <a href=clear>"Clear"</a> })}
        </form>
    }
}

/// The words to search for.
#[component]
pub fn FilterSearch(
    /// The query parameter.
    name: &'static str,
    /// What is searched.
    label: &'static str,
    /// What is searched for now.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let id = filter_id(name);
    view! {
        <div class="field field--search">
            <label for=id.clone()>{label}</label>
            <input class="input" type="search" id=id name=name value=value autocomplete="off" />
        </div>
    }
}

/// A day.
#[component]
pub fn FilterDate(
    /// The query parameter.
    name: &'static str,
    /// What day it is.
    label: &'static str,
    /// The day that is chosen now: `2026-10-22`, or empty.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let id = filter_id(name);
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input class="input input--date" type="date" id=id name=name value=value />
        </div>
    }
}

/// The address of a field within its page, whether it stands in the page's address or in a form that is sent.
fn filter_id(name: &str) -> String {
    format!("filter-{}", name.trim_start_matches("form[").trim_end_matches(']'))
}

/// One of a list, or all of it.
#[component]
pub fn FilterSelect(
    /// The query parameter.
    name: &'static str,
    /// What is chosen.
    label: &'static str,
    /// The word for no choice: "All roles".
    all: &'static str,
    /// What is chosen now.
    #[prop(into)]
    value: String,
    /// Each choice: what stands in the address, and the words.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let id = filter_id(name);
    let options = options
        .into_iter()
        .map(|(key, words)| {
            let is_chosen = key == value;
            view! { <option value=key selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="select" id=id name=name>
                <option value="">{all}</option>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_chosen_and_nothing_else() {
        assert_eq!(address_with("/people", &[("q", ""), ("role", "")]), "/people");
        assert_eq!(address_with("/people", &[("q", "o’h & x"), ("page", "2")]), "/people?q=o%E2%80%99h%20%26%20x&page=2");
    }
}

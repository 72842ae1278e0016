//! Putting into a page what is different in the same page of now, and leaving everything else as it stands: what has not changed keeps its
//! place, its focus and whatever a script has made of it.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Function, Reflect};
use leptos::web_sys::{Element, HtmlInputElement, HtmlTextAreaElement, Node, NodeList};

/// What scripts set on an element after it has come, which the page of now does not know.
const SET_BY_SCRIPTS: &[&str] = &["tabindex", "hidden", "role", "aria-readonly", "open"];
/// What stays as it is: what was said to this reader once, such as a notice with its undo, and what opens above the page.
const STAYS: &str = "[role=status], [role=alert], dialog";
/// What moves by itself as time goes by, and is no change.
const MOVES_BY_ITSELF: &str = ".now";

/// Makes one element what another is. Answers whether anything of it was different.
pub fn bring_up_to_date(content: &Element, now: &Element) -> bool {
    let mut merge = Merge { has_changed: false };
    merge.children(content, now);
    merge.has_changed
}

/// Whether somebody has typed or chosen something in a form that is not sent yet, or is about to.
pub fn is_being_filled_in(content: &Element) -> bool {
    let focused = document().active_element().filter(|focused| content.contains(Some(focused)));
    if focused.is_some_and(|focused| focused.matches("input, select, textarea").unwrap_or(false)) {
        return true;
    }
    let Ok(fields) = content.query_selector_all("input, textarea") else { return false };
    nodes(&fields).iter().any(|field| match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value() != input.default_value() || input.checked() != input.default_checked(),
        None => field.dyn_ref::<HtmlTextAreaElement>().is_some_and(|area| area.default_value() != Ok(area.value())),
    })
}

struct Merge {
    has_changed: bool,
}

impl Merge {
    /// Makes the children of one the children of the other: each finds the one that it was before, by its name or else by its place.
    fn children(&mut self, parent: &Node, now: &Node) {
        let mut next = parent.first_child();
        for new in nodes(&now.child_nodes()).into_iter().filter(|new| !stays(new)) {
            while next.as_ref().is_some_and(stays) {
                next = next.and_then(|node| node.next_sibling());
            }
            let Some(old) = before_of(&new, next.as_ref()) else {
                self.has_changed = self.has_changed || is_content(&new);
                let _ = parent.insert_before(&new, next.as_ref());
                wake(&new);
                continue;
            };
            if next.as_ref() == Some(&old) {
                next = old.next_sibling();
            } else {
                let _ = parent.insert_before(&old, next.as_ref());
            }
            self.node(&old, &new);
        }
        while let Some(old) = next {
            next = old.next_sibling();
            if !stays(&old) {
                self.has_changed = self.has_changed || is_content(&old);
                let _ = parent.remove_child(&old);
            }
        }
    }

    fn node(&mut self, old: &Node, new: &Node) {
        let (Some(element), Some(now)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
            if old.node_value() != new.node_value() {
                self.has_changed = self.has_changed || is_content(new);
                old.set_node_value(new.node_value().as_deref());
            }
            return;
        };
        match element.local_name().as_str() {
            "leptos-island" => self.island(element, now),
            // What is sent with what somebody typed must be what they saw when they typed it.
            "form" if is_being_filled_in(element) => {}
            _ => {
                self.attributes(element, now);
                self.children(element, now);
            }
        }
    }

    /// An island stays awake, and what the page put into it is brought up to date; one that was given something else begins anew.
    fn island(&mut self, old: &Element, new: &Element) {
        let is_same = ["data-component", "data-props"].iter().all(|name| old.get_attribute(name) == new.get_attribute(name));
        if !is_same {
            self.has_changed = true;
            let _ = old.replace_with_with_node_1(new);
            wake(new);
            return;
        }
        for (old, new) in own_children(old).iter().zip(own_children(new)) {
            self.children(old, &new);
        }
    }

    fn attributes(&mut self, old: &Element, new: &Element) {
        let is_change = !old.matches(MOVES_BY_ITSELF).unwrap_or(false) && !old.has_attribute("data-as-of");
        for name in names(new) {
            let value = new.get_attribute(&name).unwrap_or_default();
            if !SET_BY_SCRIPTS.contains(&name.as_str()) && old.get_attribute(&name).as_ref() != Some(&value) {
                self.has_changed = self.has_changed || is_change;
                let _ = old.set_attribute(&name, &value);
            }
        }
        for name in names(old) {
            if !SET_BY_SCRIPTS.contains(&name.as_str()) && !new.has_attribute(&name) {
                self.has_changed = self.has_changed || is_change;
                let _ = old.remove_attribute(&name);
            }
        }
    }
}

/// The one that a node was before, among those that are not placed yet.
fn before_of(new: &Node, next: Option<&Node>) -> Option<Node> {
    let (kind, name) = (new.node_name(), name_of(new));
    let is_same = |old: &Node| old.node_name() == kind && name_of(old) == name && !stays(old);
    let mut old = next.cloned();
    while let Some(node) = old {
        if is_same(&node) {
            return Some(node);
        }
        // Without a name, its place is all that says which one it was.
        old = if name.is_none() && node.node_name() != "#text" && node.node_name() != "#comment" { None } else { node.next_sibling() };
    }
    None
}

/// The name of an element, or that of the link in it: a session is called by its link.
fn name_of(node: &Node) -> Option<String> {
    let element = node.dyn_ref::<Element>()?;
    let own = Some(element.id()).filter(|id| !id.is_empty());
    let of_link = || element.query_selector(":scope > a[id]").ok().flatten().map(|link| link.id());
    own.or_else(of_link)
}

fn stays(node: &Node) -> bool {
    node.dyn_ref::<Element>().is_some_and(|element| element.matches(STAYS).unwrap_or(false))
}

/// Whether a reader would notice that it came or went.
fn is_content(node: &Node) -> bool {
    let moves_by_itself = node.dyn_ref::<Element>().is_some_and(|element| element.matches(MOVES_BY_ITSELF).unwrap_or(false));
    !moves_by_itself && node.node_name() != "#comment" && node.text_content().is_some_and(|text| !text.trim().is_empty())
}

/// What the page put into an island, without what it put into islands within it.
fn own_children(island: &Element) -> Vec<Node> {
    let Ok(all) = island.query_selector_all("leptos-children") else { return Vec::new() };
    let is_own = |node: &Node| {
        let parent = node.dyn_ref::<Element>().and_then(|element| element.parent_element());
        parent.and_then(|parent| parent.closest("leptos-island").ok().flatten()).as_ref() == Some(island)
    };
    nodes(&all).into_iter().filter(is_own).collect()
}

/// Wakes the islands in what has just come, as the page's own script woke those that it came with.
fn wake(node: &Node) {
    let Some(element) = node.dyn_ref::<Element>() else { return };
    let Ok(wakes) = Reflect::get(&window(), &JsValue::from_str("__hydrateIsland")).and_then(|found| found.dyn_into::<Function>()) else {
        return;
    };
    let within = element.query_selector_all("leptos-island").map(|found| nodes(&found)).unwrap_or_default();
    let own = Some(node.clone()).filter(|_| element.local_name() == "leptos-island");
    for island in own.into_iter().chain(within) {
        let name = island.dyn_ref::<Element>().and_then(|island| island.get_attribute("data-component")).unwrap_or_default();
        let _ = wakes.call2(&JsValue::NULL, &island, &JsValue::from_str(&name));
    }
}

fn names(element: &Element) -> Vec<String> {
    element.get_attribute_names().iter().filter_map(|name| name.as_string()).collect()
}

fn nodes(list: &NodeList) -> Vec<Node> {
    (0..list.length()).filter_map(|place| list.item(place)).collect()
}

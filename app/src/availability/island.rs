//! Painting the hours of a week. Without it the week is a picture, and the form of hours does the same.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};

use super::model::weekday_name;
use super::week::{Cell, DAYS, HALVES, Week, clock_of};

/// The week as buttons: a press goes from free to preferred to not free, dragging and Shift with an arrow paint the same further on. The
/// children are the form that saves it, with the field `painted`.
#[island]
pub fn WeekPainter(
    /// The week as figures.
    week: String,
    children: Children,
) -> impl IntoView {
    let painter = NodeRef::<html::Div>::new();
    let week = Week::of_figures(&week).unwrap_or_else(|| Week::of_hours(&[]));
    let ((opens, closes), days) = (week.shown(), 7);
    let canvas =
        Canvas { week: RwSignal::new(week), brush: RwSignal::new(None), at: RwSignal::new(opens), said: RwSignal::new(String::new()) };
    let (is_awake, set_awake) = signal(false);
    Effect::new(move |_| set_awake.set(true));
    Effect::new(move |_| {
        let figures = canvas.week.with(Week::figures);
        if let Some(field) = painter.get().and_then(|painter| field_of(&painter)) {
            field.set_value(&figures);
        }
    });
    let down = move |event: PointerEvent| {
        // The other buttons of a mouse have a meaning of their own.
        if event.button() == 0
            && let Some(place) = event.target().and_then(|target| place_of(target.dyn_ref()?))
        {
            canvas.brush.set(Some(canvas.week.with_untracked(|week| week.cell(place)).next()));
            canvas.press(place);
        }
    };
    let drag = move |event: PointerEvent| {
        if canvas.brush.get_untracked().is_some()
            && let Some(place) = under(&event)
            && place != canvas.at.get_untracked()
        {
            canvas.press(place);
        }
    };
    let lift = move |_: PointerEvent| canvas.brush.set(None);
    // A key, or a screen reader, presses without a pointer.
    let click = move |event: MouseEvent| {
        if event.detail() == 0
            && let Some(place) = event.target().and_then(|target| place_of(target.dyn_ref()?))
        {
            canvas.paint(place, canvas.week.with_untracked(|week| week.cell(place)).next());
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(place) = event.target().and_then(|target| place_of(target.dyn_ref()?)) else { return };
        let Some(next) = step(&event.key(), place, (opens, closes)) else { return };
        event.prevent_default();
        if event.shift_key() {
            canvas.paint(next, canvas.week.with_untracked(|week| week.cell(place)));
        }
        canvas.at.set(next);
        if let Some(painter) = painter.get_untracked() {
            focus_on(&painter, next);
        }
    };
    let heads =
        DAYS.iter().take(days).map(|day| view! { <span class="painter__day" aria-hidden="true">{day.to_string()}</span> }).collect_view();
    let rows = (opens..closes).map(|half| row(canvas, half, days)).collect_view();
    view! {
        <div class="painter-live" hidden=move || !is_awake.get() node_ref=painter>
            <p class="small muted below-2">
                "Press a half hour once for free, twice for preferred, three times to clear it; drag to paint."
                <span class="for-keys">" Keys: arrows move, Space changes, Shift and an arrow paints on."</span>
            </p>
            <div
                class="painter painter--seven"
                role="group"
                aria-label="Every week"
                on:pointerdown=down
                on:pointermove=drag
                on:pointerup=lift
                on:pointercancel=lift
                on:pointerleave=lift
                on:click=click
                on:keydown=key
            >
                <span></span>
                {heads}
                {rows}
            </div>
            {painter_key()}
            <p class="vh" aria-live="polite">{canvas.said}</p>
            {children()}
        </div>
    }
}

/// What the colours of the week mean, for eyes: the half hours and the lines below them say it in words.
pub(super) fn painter_key() -> impl IntoView {
    view! {
        <p class="painter__key tiny muted above-2" aria-hidden="true">
            <span class="painter__cell is-free"></span>"free"
            <span class="painter__cell is-preferred"></span>"preferred"
        </p>
    }
}

/// What is painted, and with what.
#[derive(Clone, Copy)]
struct Canvas {
    week: RwSignal<Week>,
    /// What a drag paints.
    brush: RwSignal<Option<Cell>>,
    /// The half hour that Tab goes to.
    at: RwSignal<usize>,
    said: RwSignal<String>,
}

impl Canvas {
    /// Paints a half hour with what is in hand.
    fn press(self, place: usize) {
        if let Some(cell) = self.brush.get_untracked() {
            self.at.set(place);
            self.paint(place, cell);
        }
    }

    fn paint(self, place: usize, cell: Cell) {
        self.week.update(|week| week.paint(place, cell));
        self.said.set(words(place, cell));
    }
}

/// "Thursday 10:00, preferred".
fn words(place: usize, cell: Cell) -> String {
    let day = DAYS.get(place / HALVES).copied().map(weekday_name).unwrap_or_default();
    format!("{day} {}, {}", clock_of(place % HALVES), cell.name())
}

fn row(canvas: Canvas, half: usize, days: usize) -> impl IntoView {
    let label = if half.is_multiple_of(2) { clock_of(half) } else { String::new() };
    let cells = (0..days)
        .map(|day| {
            let place = day * HALVES + half;
            let cell = move || canvas.week.with(|week| week.cell(place));
            view! {
                <button
                    type="button"
                    data-cell=place.to_string()
                    class=move || cell().class()
                    aria-label=move || words(place, cell())
                    tabindex=move || if canvas.at.get() == place { "0" } else { "-1" }
                ></button>
            }
        })
        .collect_view();
    view! { <span class="painter__time" aria-hidden="true">{label}</span>{cells} }
}

/// Where a key leads from a half hour; nothing for a key that leads nowhere.
fn step(key: &str, place: usize, (opens, closes): (usize, usize)) -> Option<usize> {
    let (day, half) = (place / HALVES, place % HALVES);
    let (day, half) = match key {
        "ArrowUp" => (day, half.checked_sub(1).filter(|half| *half >= opens)?),
        "ArrowDown" => (day, Some(half + 1).filter(|half| *half < closes)?),
        "ArrowLeft" => (day.checked_sub(1)?, half),
        "ArrowRight" => (Some(day + 1).filter(|day| *day < DAYS.len())?, half),
        "Home" => (day, opens),
        "End" => (day, closes.checked_sub(1)?),
        _ => return None,
    };
    Some(day * HALVES + half)
}

fn place_of(element: &Element) -> Option<usize> {
    element.get_attribute("data-cell")?.parse().ok()
}

/// The half hour under a pointer: a finger keeps the first that it touched as its target.
fn under(event: &PointerEvent) -> Option<usize> {
    let element = document()
        .element_from_point(f32::from(i16::try_from(event.client_x()).ok()?), f32::from(i16::try_from(event.client_y()).ok()?))?;
    place_of(&element)
}

fn field_of(painter: &Element) -> Option<HtmlInputElement> {
    painter.query_selector("input[name='form[painted]']").ok().flatten()?.dyn_into().ok()
}

fn focus_on(painter: &Element, place: usize) {
    let button = painter.query_selector(&format!("[data-cell='{place}']")).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // Whatever cannot take the focus is left without it.
        let _without_focus = button.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_stay_within_the_week_that_is_on_show() {
        let shown = (16, 36);
        let (monday_at_eight, sunday_at_the_end) = (16, 6 * HALVES + 35);
        assert_eq!(step("ArrowUp", monday_at_eight, shown), None);
        assert_eq!(step("ArrowLeft", monday_at_eight, shown), None);
        assert_eq!(step("ArrowDown", monday_at_eight, shown), Some(17));
        assert_eq!(step("ArrowRight", monday_at_eight, shown), Some(HALVES + 16));
        assert_eq!(step("ArrowRight", sunday_at_the_end, shown), None);
        assert_eq!(step("Home", sunday_at_the_end, shown), Some(6 * HALVES + 16));
        assert_eq!(step("End", monday_at_eight, shown), Some(35));
        assert_eq!(step("x", monday_at_eight, shown), None);
    }

    #[test]
    fn a_half_hour_is_named_with_its_day_its_time_and_its_state() {
        assert_eq!(words(3 * HALVES + 20, Cell::Preferred), "Thursday 10:00, preferred");
    }
}

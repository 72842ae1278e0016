use leptos::prelude::*;

/// Two letters in a calm tint. The name always stands beside it, so it is hidden from screen readers.
#[component]
pub fn Avatar(
    /// "AR".
    #[prop(into)]
    initials: String,
    /// The person's code, which chooses the tint; the tint means nothing.
    #[prop(into)]
    code: String,
    /// The small size, for rows of several.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let tone = code.bytes().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(byte))) % 5 + 1;
    view! {
        <span class="avatar" class:avatar--sm=small data-tone=tone.to_string() aria-hidden="true">{initials}</span>
    }
}

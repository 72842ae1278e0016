use leptos::prelude::*;

/// One of a few figures above a list, in a `<dl class="kpis">`: what it counts, the number, and what there is to say of it.
#[component]
pub fn Figure(
    /// What it counts.
    name: &'static str,
    /// What there is to say of it.
    #[prop(optional, into)]
    about: String,
    /// The number, with its unit where it needs one.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="kpi">
            <dt>{name}</dt>
            <dd class="kpi__n">{children()}</dd>
            {(!about.is_empty()).then(|| view! { <dd class="kpi__d">{about}</dd> })}
        </div>
    }
}

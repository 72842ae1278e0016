//! What a supervisor offers to the groups that are formed next.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::told::RegistrationAudience;
use crate::paths;
use crate::registration::answers::OwnRegistration;
use crate::registration::api::{SayOffering, my_offering};
use crate::registration::model::{INTERVENTIONS, REGIONS, is_stale};
use crate::ui::{Banner, Choices, Field, PageHead, PostForm, SelectField, Tone, day_month_year, load};
use crate::waiting::Way;

/// The work that one supervises, how one would meet, and how many groups one could take on.
#[component]
pub fn OfferingPage() -> impl IntoView {
    load(my_offering(), |own| view! { <Offer own /> })
}

#[component]
fn Offer(own: OwnRegistration) -> impl IntoView {
    let OwnRegistration { offering, today, .. } = own;
    let banner = offering.as_ref().map(|offering| {
        let day = day_month_year(::series::local(offering.confirmed_at).date());
        let (tone, title) = if is_stale(offering.confirmed_at, today) {
            (Tone::Warn, format!("You last said this on {day}, more than six months ago. Please save it again if it still holds."))
        } else {
            (Tone::Good, format!("You said this on {day}."))
        };
        view! { <div class="below-4"><Banner tone title /></div> }
    });
    let version = offering.as_ref().map_or(0, |offering| offering.version);
    let chosen = offering.as_ref().map(|offering| offering.interventions.clone()).unwrap_or_default();
    let way = offering.as_ref().map_or(Way::Online, |offering| offering.way);
    let region = offering.as_ref().map(|offering| offering.region.clone()).unwrap_or_default();
    let most = offering.as_ref().map(|offering| offering.most_groups.to_string()).unwrap_or_default();
    let interventions = INTERVENTIONS.map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec();
    let ways = Way::ALL.map(|way| (way.key().to_owned(), way.name().to_owned())).to_vec();
    let choose = (String::new(), "Choose a region".to_owned());
    let regions = [choose].into_iter().chain(REGIONS.map(|region| (region.to_owned(), region.to_owned()))).collect();
    view! {
        <PageHead
            title="What you offer"
            up=(paths::AVAILABILITY.to_owned(), "Availability".to_owned())
            about="It is used when groups are formed, beside your working hours and what you are qualified to lead."
        >
            <RegistrationAudience whose="you" />
        </PageHead>
        {banner}
        <section class="card" aria-label="What you offer">
            <PostForm action=SayOffering::PATH changes=Some(version)>
                <Choices name="interventions" legend="Which work do you supervise?" several=true chosen options=interventions />
                <Choices name="way" legend="How would you meet?" chosen=vec![way.key().to_owned()] options=ways />
                <SelectField name="region" label="Your region" hint="Groups that meet in person are of this region." value=region options=regions />
                <Field name="most_groups" label="How many new groups could you take on?" kind="number" inputmode="numeric" class="input--short" value=most />
                <div class="form-foot"><button class="btn" type="submit">"Save"</button></div>
            </PostForm>
        </section>
    }
}

//! The devices on which one is signed in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::page_day;
use crate::paths;
use crate::sign_in::model::Device;
use crate::sign_in::own_api::{SignOutDevice, SignOutEverywhere, SignOutOthers, my_devices};
use crate::ui::{Audience, Badge, Hidden, Icon, PageHead, PostForm, Tone, clock_time, day_month_year, load};

/// Every device with a way to sign it out.
#[component]
pub fn DevicesPage() -> impl IntoView {
    load(my_devices(), |devices| {
        let has_others = devices.len() > 1;
        let list = devices.into_iter().map(|device| view! { <li><DeviceRow device /></li> }).collect_view();
        view! {
            <PageHead
                title="Devices"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Where you are signed in. If you do not know one of these, sign it out and choose a new password. All times are UK time."
                times=page_day()
            >
                <Audience tier=1 sentence="only you." />
            </PageHead>
            <section class="card" aria-label="Devices on which you are signed in"><ul class="list">{list}</ul></section>
            <div class="form-foot">
                {has_others.then(|| view! {
                    <PostForm action=SignOutOthers::PATH><button class="btn btn--second">"Sign out every other device"</button></PostForm>
                })}
                <PostForm action=SignOutEverywhere::PATH><button class="btn btn--danger">"Sign out everywhere, here too"</button></PostForm>
            </div>
            <p class="small above-4"><a href=paths::PASSWORD>"Choose a new password"</a></p>
        }
    })
}

/// One device: what it is, since when, and when it was last used.
#[component]
fn DeviceRow(device: Device) -> impl IntoView {
    let moment = |instant| {
        let local = ::series::local(instant);
        format!("{}, {}", day_month_year(local.date()), clock_time(local.time()))
    };
    let words = device.words.clone();
    let about = format!("Signed in on {}. Last used on {}.", moment(device.since), moment(device.seen_at));
    let side = if device.is_this {
        view! { <Badge tone=Tone::Good>"This device"</Badge> }.into_any()
    } else {
        view! {
            <PostForm action=SignOutDevice::PATH>
                <Hidden name="device" value=device.sign_in.to_string() />
                <button class="btn btn--second btn--sm">"Sign out"<span class="vh">{format!(" {words}")}</span></button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <div class="item">
            <span class="item__icon"><Icon name="monitor-smartphone" /></span>
            <div class="item__body">
                <p class="item__title">{device.words}</p>
                <p class="item__meta">{about}</p>
            </div>
            <div class="item__side">{side}</div>
        </div>
    }
}

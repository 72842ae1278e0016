//! The pages of one's own account.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChooseAppearance, my_account};
use super::model::Account;
use crate::access::{Permission, Role, holders, page_visit, remembered};
use crate::paths;
use crate::sign_in::SignOut;
use crate::ui::{Audience, Choices, Hidden, Icon, PageHead, PostForm, load};

/// What the Centre knows of oneself, and everything that one can settle for oneself.
#[component]
pub fn AccountPage() -> impl IntoView {
    load(my_account(), |account| {
        view! {
            <PageHead title="Your account"><Audience tier=4 sentence=audience() /></PageHead>
            <div class="cols">
                <Known account=account.clone() />
                <section class="card" aria-labelledby="settings">
                    <div class="card__head"><h2 id="settings">"Your settings"</h2></div>
                    <ul class="list">
                        <Setting path=paths::PASSWORD icon="key-round" name="Password" about="Choose a new one" />
                        <Setting path=paths::ONE_TIME_CODE icon="shield-check" name="One-time codes" about="The second step when you sign in, and recovery codes" />
                        <Setting path=paths::DEVICES icon="monitor-smartphone" name="Devices" about="Where you are signed in; sign out one or all" />
                        {holds(&account, Permission::SeeOwnSessions).then(|| view! {
                            <Setting path=paths::FEEDS icon="calendar-plus" name="Calendar link" about="Your sessions in the calendar that you use every day" />
                        })}
                        {holds(&account, Permission::SeeOwnStatement).then(|| view! {
                            <Setting path=paths::STATEMENT icon="file-text" name="Monthly statement" about="What you have led, month by month, for your records and for pay" />
                        })}
                        {holds(&account, Permission::KeepOwnHours).then(|| view! {
                            <Setting path=paths::HOURS icon="hourglass" name="Hours" about="Your own supervision, added up for re-registration" />
                        })}
                        {holds(&account, Permission::KeepReflections).then(|| view! {
                            <Setting path=paths::REFLECTIONS icon="lock" name="Reflective log" about="What you write for yourself alone, and share if you wish" />
                        })}
                        {holds(&account, Permission::RaiseThemes).then(|| view! {
                            <Setting path=paths::MY_THEMES icon="lightbulb" name="Themes" about="What comes up again in your groups, told to the Centre without a name" />
                        })}
                        {holds(&account, Permission::KeepRegistration).then(|| view! {
                            <Setting path=paths::REGISTRATION icon="puzzle" name="Registration" about="What you need, and when you could come: by this you are placed in a group" />
                        })}
                        {account.waits_at_clinics.then(|| view! {
                            <Setting path=paths::CLINIC_WAITS icon="clock" name="Waiting for open clinics" about="The sessions for which you are waiting, and how to stop" />
                        })}
                        {(account.works_there && holds(&account, Permission::UseCommunity)).then(|| view! {
                            <Setting path=paths::MY_POSTS icon="messages-square" name="My posts" about="What you have written in the community, and taking it back" />
                        })}
                        <Setting path=paths::MY_ACCESS icon="history" name="Who opened your records" about="Who at the Centre has opened something of yours, and when" />
                        <Setting path=paths::IMPROVEMENTS icon="messages-square" name="You said, we did" about="What the Centre heard, and what it changed" />
                        <Setting path=paths::NOTIFICATIONS icon="bell" name="Reminders" about="Whether we write to you before a session or an event, and when" />
                        <Setting path=paths::APPEARANCE icon="sun" name="Appearance" about="Light or dark, how the calendar opens, and its keys" />
                    </ul>
                </section>
            </div>
            <PostForm action=SignOut::PATH class="above-5">
                <button class="btn btn--second"><Icon name="log-out" />"Sign out"</button>
            </PostForm>
        }
    })
}

/// Whether somebody may do what a line leads to.
fn holds(account: &Account, permission: Permission) -> bool {
    holders(permission).iter().any(|role| account.roles.contains(role))
}

/// Who can see an account: its owner, and whoever the matrix lets manage people.
fn audience() -> String {
    let roles: Vec<String> = holders(Permission::ManagePeople).iter().map(|role: &Role| role.name().to_lowercase()).collect();
    format!("you, and at the Centre those who manage people ({}).", roles.join(", "))
}

/// What the Centre knows of somebody.
#[component]
fn Known(account: Account) -> impl IntoView {
    let roles = account.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    let authority = if account.works_there {
        account.authority
    } else if account.is_denied {
        format!("{}, which says that you do not work there. If that is not right, ask the Centre’s coordinator", account.authority)
    } else {
        format!("{}, which has not confirmed yet that you work there", account.authority)
    };
    let rows = [
        ("Name", account.name),
        ("Work email", account.email),
        ("Profession", account.profession),
        ("Authority", authority),
        (if account.roles.len() == 1 { "Role" } else { "Roles" }, roles),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="known">
            <div class="card__head"><h2 id="known">"What we hold about you"</h2></div>
            <dl class="summary">{rows}</dl>
            <p class="above-4"><a href=paths::MY_DATA>"All that we hold about you"</a></p>
            <p class="small muted above-2">"Something not right? Ask the Centre’s coordinator to correct it."</p>
        </section>
    }
}

/// A line that leads to a page of settings.
#[component]
fn Setting(path: &'static str, icon: &'static str, name: &'static str, about: &'static str) -> impl IntoView {
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=icon /></span>
            <div class="item__body">
                <a class="item__title" href=path>{name}</a>
                <p class="item__meta">{about}</p>
            </div>
        </li>
    }
}

/// Light or dark, how the calendar opens, and whether letters are keys. It is about the device, so it is open to whoever uses it.
#[component]
pub fn AppearancePage() -> impl IntoView {
    let theme = remembered("theme").unwrap_or_else(|| "system".to_owned());
    let calendar = remembered("calendar").unwrap_or_else(|| "last".to_owned());
    let keys = remembered("keys").unwrap_or_else(|| "on".to_owned());
    let is_signed_in = page_visit().is_ok_and(|visit| visit.visitor().is_some());
    let up = if is_signed_in { (paths::ME, "Your account") } else { (paths::SIGN_IN, "Sign in") };
    let for_calendar = move || {
        if is_signed_in {
            view! { <CalendarChoice calendar /><KeysChoice keys /> }.into_any()
        } else {
            view! { <Hidden name="calendar" value=calendar /><Hidden name="keys" value=keys /> }.into_any()
        }
    };
    view! {
        <PageHead title="Appearance" up=(up.0.to_owned(), up.1.to_owned()) about="Kept on this device only." />
        <PostForm action=ChooseAppearance::PATH class="onething">
            <Choices
                name="theme"
                legend="Light or dark"
                chosen=vec![theme]
                options=vec![option("system", "As my device does"), option("light", "Light"), option("dark", "Dark")]
            />
            {for_calendar()}
            <div class="form-foot"><button class="btn">"Save"</button></div>
        </PostForm>
    }
}

/// How the calendar opens.
#[component]
fn CalendarChoice(calendar: String) -> impl IntoView {
    view! {
        <Choices
            name="calendar"
            legend="The calendar opens"
            hint="The list is easier to read aloud, and on small screens."
            chosen=vec![calendar]
            options=vec![
                option("last", "As I last saw it"),
                option("month", "As a month"),
                option("week", "As a week"),
                option("day", "As a day"),
                option("agenda", "As a list"),
            ]
        />
    }
}

/// Whether letters are keys, for whoever speaks to their computer or presses one by mistake.
#[component]
fn KeysChoice(keys: String) -> impl IntoView {
    view! {
        <Choices
            name="keys"
            legend="Single letters as keys"
            hint="In the calendar, T is today; on an attendance sheet, P is present. Arrow keys work in either case."
            chosen=vec![keys]
            options=vec![option("on", "On"), option("off", "Off")]
        />
    }
}

fn option(key: &str, words: &str) -> (String, String) {
    (key.to_owned(), words.to_owned())
}

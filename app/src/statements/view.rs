//! The page of a statement: one's own, or for the office a supervisor's.

use leptos::prelude::*;

use super::answers::{Came, Line, Statement, Sum};
use super::api::{my_statement, statement_of};
use super::forms::{MonthAddress, StatementAddress};
use super::model::{Month, Part, Standing};
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{
    Audience, Badge, Banner, Empty, Figure, Heading, Listing, PageHead, TakeAlong, Tone, address_with, clock_time, figure,
    hours_and_minutes, load, month_and_year, param, short_day,
};

/// One's own statement of the present month.
#[component]
pub fn StatementPage() -> impl IntoView {
    load(my_statement(MonthAddress::default()), |statement| view! { <Shown statement is_own=true /> })
}

/// One's own statement of a month.
#[component]
pub fn StatementOfMonthPage() -> impl IntoView {
    load(my_statement(MonthAddress { month: param("month") }), |statement| view! { <Shown statement is_own=true /> })
}

/// A supervisor's statement of a month, for the office.
#[component]
pub fn PersonStatementPage() -> impl IntoView {
    let address = StatementAddress { person: param("code"), month: param("month") };
    load(statement_of(address), |statement| view! { <Shown statement is_own=false /> })
}

#[component]
fn Shown(statement: Statement, is_own: bool) -> impl IntoView {
    let (name, person, month) = (statement.name.clone(), statement.person.clone(), statement.month);
    let readers = holders_in_words(Permission::SeeStatements);
    let (title, up, audience) = if is_own {
        let audience = format!("you and the Centre’s {readers}, who need it for pay. Nobody who is supervised is named.");
        (format!("Statement of {}", month_and_year(month.first())), (paths::TO_MARK.to_owned(), "To mark".to_owned()), audience)
    } else {
        let title = format!("{name}: statement of {}", month_and_year(month.first()));
        let audience = format!("{name} and the Centre’s {readers}. Nobody who is supervised is named.");
        (title, (paths::person(&person), name.clone()), audience)
    };
    let file = if is_own {
        address_with("/statement.csv", &[("month", &address_of(month))])
    } else {
        address_with("/people/statement.csv", &[("person", &person), ("month", &address_of(month))])
    };
    let now = ::series::local(statement.now).date();
    let body = if statement.lines.is_empty() {
        view! { <Empty title="No sessions in this month"><p>"Sessions that were led, covered or cancelled in this month would appear here."</p></Empty> }
            .into_any()
    } else {
        view! { <Filled statement /> }.into_any()
    };
    view! {
        <PageHead title tab="Monthly statement" up about="Sessions count once their attendance is finished. All times are UK time." times=month.first()>
            <Audience tier=4 sentence=audience />
        </PageHead>
        <p class="print-only below-3">{format!("{name}. {} to {}.", month.first().format("%-d %B"), month.last().format("%-d %B %Y"))}</p>
        <Around month present=Month::of(now) person=(!is_own).then_some(person) />
        {body}
        <TakeAlong file />
    }
}

/// "2026-10".
fn address_of(month: Month) -> String {
    month.first().format("%Y-%m").to_string()
}

/// The ways to the months before and after; nothing is stated of a month that has not begun.
#[component]
fn Around(month: Month, present: Month, person: Option<String>) -> impl IntoView {
    let link = |to: Month| {
        let address = person.as_ref().map_or_else(|| paths::statement(to.first()), |code| paths::person_statement(code, to.first()));
        view! { <a href=address aria-current=(to == month).then_some("page")>{to.first().format("%b %Y").to_string()}</a> }
    };
    let has_next = month.first() < present.first();
    view! {
        <nav class="seg below-4" aria-label="Months">{link(month.before())}{link(month)}{has_next.then(|| link(month.after()))}</nav>
    }
}

#[component]
fn Filled(statement: Statement) -> impl IntoView {
    let unmarked = statement.own_in(Standing::NotMarked).sessions;
    let afterwards = statement.lines.iter().filter(|line| line.afterwards().is_some()).count();
    view! {
        {(unmarked > 0).then(|| view! {
            <div class="below-4"><Banner tone=Tone::Warn title=unmarked_in_words(unmarked)>
                <p>"The figures below count a session as soon as its attendance is finished."</p>
            </Banner></div>
        })}
        {(afterwards > 0).then(|| view! {
            <div class="below-4"><Banner tone=Tone::Info title=afterwards_in_words(afterwards)>
                <p>"The figures are as they are now. Each session says what became of it, and its own page keeps what stood there before."</p>
            </Banner></div>
        })}
        <Figures statement=statement.clone() />
        <ByKind statement=statement.clone() />
        <Sessions lines=statement.lines />
    }
}

fn unmarked_in_words(count: usize) -> String {
    if count == 1 { "One session is not marked yet.".to_owned() } else { format!("{count} sessions are not marked yet.") }
}

fn afterwards_in_words(count: usize) -> String {
    if count == 1 {
        "One session was finished or corrected after the month.".to_owned()
    } else {
        format!("{count} sessions were finished or corrected after the month.")
    }
}

#[component]
fn Figures(statement: Statement) -> impl IntoView {
    let delivered = statement.delivered();
    let came = statement.came_in_all();
    let figures = [
        ("Sessions held", delivered.sessions.to_string(), format!("{}, led by the supervisor", hours_and_minutes(delivered.minutes))),
        ("Places attended", format!("{} of {}", came.there(), came.places()), absences(came)),
        ("Cover given", statement.cover_given().sessions.to_string(), said(statement.cover_given(), "counted in the sessions held")),
        ("Cover received", statement.cover_received().sessions.to_string(), said(statement.cover_received(), "counted for who led them")),
        ("Cancelled by the Centre", statement.own_in(Standing::Cancelled).sessions.to_string(), "Not counted".to_owned()),
    ];
    let figures = figures.into_iter().map(|(name, number, about)| view! { <Figure name about>{number}</Figure> }).collect_view();
    view! { <dl class="kpis">{figures}</dl> }
}

fn said(sum: Sum, what: &str) -> String {
    if sum.sessions == 0 { "None in this month".to_owned() } else { format!("{}, {what}", hours_and_minutes(sum.minutes)) }
}

/// "2 with apologies, 1 late, 1 absent".
fn absences(came: Came) -> String {
    let said = |count: i64, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let parts: Vec<String> = [
        said(came.part, "for a part"),
        said(came.apologies, "with apologies"),
        said(came.late_apologies, "with late apologies"),
        said(came.absent, "absent"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "Everybody was there throughout".to_owned() } else { parts.join(", ") }
}

/// What was held, by format.
#[component]
fn ByKind(statement: Statement) -> impl IntoView {
    let (delivered, came) = (statement.delivered(), statement.came_in_all());
    let rows = statement
        .by_kind()
        .into_iter()
        .map(|(kind, sum, came)| {
            view! {
                <tr>
                    <th scope="row">{kind.name()}</th>
                    <td class="r">{sum.sessions}</td>
                    <td class="r">{figure(sum.minutes)}</td>
                    <td class="r">{format!("{} of {}", came.there(), came.places())}</td>
                </tr>
            }
        })
        .collect_view();
    (delivered.sessions > 0).then(|| {
        view! {
            <section class="card" aria-labelledby="by-kind">
                <div class="card__head"><h2 id="by-kind">"Held, by format"</h2></div>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Held, by format, table">
                    <table class="table table--fits">
                        <caption class="vh">"Held, by format"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Format"</th>
                                <th scope="col" class="r">"Sessions"</th>
                                <th scope="col" class="r">"Minutes"</th>
                                <th scope="col" class="r">"Places attended"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                        <tfoot>
                            <tr>
                                <th scope="row">"Total"</th>
                                <td class="r">{delivered.sessions}</td>
                                <td class="r">{figure(delivered.minutes)}</td>
                                <td class="r">{format!("{} of {}", came.there(), came.places())}</td>
                            </tr>
                        </tfoot>
                    </table>
                </div>
            </section>
        }
    })
}

/// Every session, also those that do not count, each with why.
#[component]
fn Sessions(lines: Vec<Line>) -> impl IntoView {
    let rows = lines.into_iter().map(session_row).collect_view();
    let headings = [
        Heading::of("Session"),
        Heading::of("Format"),
        Heading::of("State"),
        Heading::of_figures("Minutes"),
        Heading::of_figures("Places attended"),
    ];
    view! {
        <section class="card above-4" aria-labelledby="sessions">
            <div class="card__head"><h2 id="sessions">"Every session"</h2></div>
            <Listing caption="Every session" frame="Every session, table" headings>{rows}</Listing>
        </section>
    }
}

fn session_row(line: Line) -> impl IntoView {
    let cover = match (line.part, &line.other) {
        (Part::CoverGiven, Some(other)) => Some(format!("Cover for {other}")),
        (Part::CoverReceived, Some(other)) => Some(format!("Led by {other}")),
        _ => None,
    };
    let tone = match line.standing {
        Standing::Held => Tone::Good,
        Standing::NotMarked => Tone::Warn,
        Standing::Cancelled | Standing::Planned => Tone::Plain,
    };
    let is_held = line.standing == Standing::Held;
    let places = if is_held { format!("{} of {}", line.came.there(), line.came.places()) } else { "–".to_owned() };
    let minutes = if line.is_delivered() { line.length_minutes.to_string() } else { "–".to_owned() };
    let afterwards = line.afterwards();
    let when = format!("{}, {}", short_day(line.starts.date()), clock_time(line.starts.time()));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader"><a href=paths::session(&line.code)>{line.name}</a><small>{when}</small></th>
            <td role="cell">{line.kind.name()}{cover.map(|cover| view! { <small>{cover}</small> })}</td>
            <td role="cell"><Badge tone>{line.standing.name()}</Badge>{afterwards.map(|words| view! { <small>{words}</small> })}</td>
            <td role="cell" class="r" data-head="Minutes">{minutes}</td>
            <td role="cell" class="r" data-head="Places attended">{places}</td>
        </tr>
    }
}

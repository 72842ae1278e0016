//! One's own certificates, the page for whoever is shown one, and revoking.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Certificate, FoundCertificate, MyCertificates};
use super::api::{
    CertifyEvent, CertifyPage, CertifySupervision, RevokeCertificate, certificate_at, certificate_to_revoke, my_certificates_of,
};
use super::forms::CertificateAddress;
use super::sheet::facts_of;
use crate::access::{Permission, holders_in_words};
use crate::hours::COUNTED_ONCE;
use crate::paths;
use crate::ui::{
    Audience, Badge, Banner, Empty, Field, Filter, FilterSearch, Hidden, Icon, PageHead, PostForm, TextArea, Tone, address_with,
    hours_and_minutes, load, param, query,
};

/// One's own certificates, and having more of them issued.
#[component]
pub fn MyCertificatesPage() -> impl IntoView {
    load(my_certificates_of(), |own| {
        let MyCertificates { issued, pages, events, is_supervised, today } = own;
        let list = if issued.is_empty() {
            view! { <Empty title="No certificate yet"><p>"You have one issued below, for what is recorded of you."</p></Empty> }.into_any()
        } else {
            let issued = issued.into_iter().map(certificate_item).collect_view();
            view! { <section class="card" aria-label="Issued"><ul class="list">{issued}</ul></section> }.into_any()
        };
        view! {
            <PageHead title="My certificates" up=(paths::CPD_LOG.to_owned(), "My CPD log".to_owned())
                about="Each says what is recorded, and has an address at which whoever you give it to reads the same.">
                <Audience tier=1 sentence="only you, and whoever you give a certificate to." />
            </PageHead>
            {list}
            <div class="cols above-5">
                <section class="card" aria-labelledby="for-pages">
                    <div class="card__head"><h2 id="for-pages">"For learning pages"</h2></div>
                    <ForPages pages />
                </section>
                {(!events.is_empty()).then(|| view! { <ForEvents events /> })}
                {is_supervised.then(|| view! { <ForSupervision today /> })}
            </div>
        }
    })
}

#[component]
fn ForPages(pages: Vec<(String, String)>) -> impl IntoView {
    if pages.is_empty() {
        return view! { <p class="muted">"Every page that you have finished has its certificate."</p> }.into_any();
    }
    let items = pages
        .into_iter()
        .map(|(page, title)| {
            view! {
                <li>
                    <p>{title.clone()}</p>
                    <PostForm action=CertifyPage::PATH class="above-1">
                        <Hidden name="page" value=page.clone() />
                        <button class="btn btn--second btn--sm" type="submit">"Issue a certificate"<span class="vh">{format!(" for {title}")}</span></button>
                    </PostForm>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="plain stack gap-4">{items}</ul> }.into_any()
}

/// Having an event certified at which one was marked as present.
#[component]
fn ForEvents(events: Vec<(String, String)>) -> impl IntoView {
    let items = events
        .into_iter()
        .map(|(event, title)| {
            view! {
                <li>
                    <p>{title.clone()}</p>
                    <PostForm action=CertifyEvent::PATH class="above-1">
                        <Hidden name="event" value=event.clone() />
                        <button class="btn btn--second btn--sm" type="submit">"Issue a certificate"<span class="vh">{format!(" for {title}")}</span></button>
                    </PostForm>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="for-events">
            <div class="card__head"><h2 id="for-events">"For events"</h2></div>
            <ul class="plain stack gap-4">{items}</ul>
        </section>
    }
}

/// Having the supervision of some days certified.
#[component]
fn ForSupervision(today: NaiveDate) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="for-supervision">
            <div class="card__head"><h2 id="for-supervision">"For supervision"</h2></div>
            <p>"For all sessions at the Centre at which you were marked as present, between two days. Each day can be on one valid certificate only."</p>
            <p class="small muted above-2">{COUNTED_ONCE}</p>
            <PostForm action=CertifySupervision::PATH class="above-3">
                <div class="fields">
                    <Field name="starts_on" label="First day" kind="date" class="input--date" value=String::new() />
                    <Field name="ends_on" label="Last day" kind="date" class="input--date" value=today.to_string() />
                </div>
                <div class="form-foot"><button class="btn btn--second" type="submit">"Issue a certificate"</button></div>
            </PostForm>
        </section>
    }
}

fn certificate_item(certificate: Certificate) -> impl IntoView {
    let Certificate { code, title, minutes, issued_on, revoked_on, .. } = certificate;
    let state = match revoked_on {
        Some(_) => view! { <Badge tone=Tone::Bad>"Revoked"</Badge> }.into_any(),
        None => view! { <Badge tone=Tone::Good>"Valid"</Badge> }.into_any(),
    };
    let meta = format!("{}. Issued on {}.", hours_and_minutes(minutes), issued_on.format("%-d %B %Y"));
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::verify(&code)>{title.clone()}</a>
                <p class="item__meta">{meta}</p>
                <p class="small"><a href=address_with("/me/certificate.pdf", &[("code", &code)]) download><Icon name="download" />"Download as PDF"<span class="vh">{format!(": {title}")}</span></a></p>
            </div>
            <p class="item__side">{state}</p>
        </li>
    }
}

/// What a certificate says, for whoever is shown it.
#[component]
pub fn VerifyPage() -> impl IntoView {
    load(certificate_at(CertificateAddress { code: param("code") }), |certificate| {
        let facts = facts_of(&certificate).into_iter().map(|(name, said)| view! { <dt>{name}</dt><dd>{said}</dd> }).collect_view();
        let (tone, holds) = match certificate.revoked_on {
            Some(day) => (Tone::Bad, format!("This certificate was revoked on {}. It is no longer valid.", day.format("%-d %B %Y"))),
            None => (Tone::Good, "This certificate is valid. Compare what is here with what you were given.".to_owned()),
        };
        view! {
            <PageHead title="A certificate" about="Issued by the National Centre for Supervision of Parent-Infant Relationships from its records.">
                <Audience tier=2 sentence="anybody who has the address on the certificate." />
            </PageHead>
            <Banner tone title=holds.clone() />
            // Paper has no banners, and whether it holds is what matters most on it.
            <p class="print-only strong">{holds}</p>
            <section class="card prose above-5" aria-label="What it says"><dl class="facts">{facts}</dl></section>
        }
    })
}

/// Finding a certificate by its code, and revoking it.
#[component]
pub fn CertificatesPage() -> impl IntoView {
    let code = query("code").unwrap_or_default();
    load(certificate_to_revoke(CertificateAddress { code: code.clone() }), move |found| {
        let holders = holders_in_words(Permission::RevokeCertificates);
        let (is_asked_for, is_found) = (!code.is_empty(), found.is_some());
        view! {
            <PageHead title="Revoke a certificate" up=(paths::LEARNING.to_owned(), "Learning".to_owned())
                about="Enter its code. Certificates are listed for nobody but their holders.">
                <Audience tier=4 sentence=format!("{holders}. Why one was revoked is not told on its page.") />
            </PageHead>
            <Filter path=paths::CERTIFICATES label="Find a certificate" press="Find it" is_narrow=is_asked_for>
                <FilterSearch name="code" label="Code" value=code />
            </Filter>
            {(is_asked_for && !is_found).then(|| view! {
                <Empty title="No certificate has this code"><p>"Look at it once more: it has 24 letters and figures, and neither a 0 nor a 1."</p></Empty>
            })}
            {found.map(|found| view! { <Found found /> })}
        }
    })
}

#[component]
fn Found(found: FoundCertificate) -> impl IntoView {
    let FoundCertificate { certificate, reason } = found;
    let facts = facts_of(&certificate).into_iter().map(|(name, said)| view! { <dt>{name}</dt><dd>{said}</dd> }).collect_view();
    let code = certificate.code;
    let content = match certificate.revoked_on {
        Some(day) => {
            let title = format!("Revoked on {}", day.format("%-d %B %Y"));
            view! { <Banner tone=Tone::Bad title><p>{reason}</p></Banner> }.into_any()
        }
        None => view! {
            <PostForm action=RevokeCertificate::PATH class="prose">
                <Hidden name="code" value=code.clone() />
                <TextArea name="reason" label="Why is it revoked?" rows=3 hint="Kept for the Centre alone." />
                <div class="form-foot"><button class="btn btn--danger" type="submit">"Revoke this certificate"</button></div>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <section class="card prose above-4" aria-label="What it says"><dl class="facts">{facts}</dl></section>
        <div class="above-5">{content}</div>
    }
}

//! Certificates, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Certificate, FoundCertificate, MyCertificates};
use super::forms::{AttendedForm, CertificateAddress, DaysForm, PageForm, RevokeForm};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(MyCertificatesOf::PATH, Permission::Learn),
    asks(CertifyPage::PATH, Permission::Learn),
    asks(CertifyEvent::PATH, Permission::Learn),
    asks(CertifySupervision::PATH, Permission::KeepOwnHours),
    asks(CertificateToRevoke::PATH, Permission::RevokeCertificates),
    asks(RevokeCertificate::PATH, Permission::RevokeCertificates),
    asks_nothing(CertificateAt::PATH),
];

/// One's own certificates.
#[server(prefix = "/api", endpoint = "my_certificates_of")]
pub async fn my_certificates_of() -> Result<MyCertificates, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::my_certificates(&actor).await
}

/// Issues a certificate of a learning page that one has finished.
#[server(prefix = "/api", endpoint = "certify_page")]
pub async fn certify_page(form: PageForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::certify_page(&actor, &form.page).await?;
    go_to(crate::paths::MY_CERTIFICATES, "The certificate is issued.");
    Ok(())
}

/// Issues a certificate of an event at which one was marked as present.
#[server(prefix = "/api", endpoint = "certify_event")]
pub async fn certify_event(form: AttendedForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    super::store::certify_event(&actor, &form.event).await?;
    go_to(crate::paths::MY_CERTIFICATES, "The certificate is issued.");
    Ok(())
}

/// Issues a certificate of the supervision that one has had in some days.
#[server(prefix = "/api", endpoint = "certify_supervision")]
pub async fn certify_supervision(form: DaysForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::KeepOwnHours)?;
    let days = form.check(::series::local(actor.now()).date())?;
    super::store::certify_supervision(&actor, days).await?;
    go_to(crate::paths::MY_CERTIFICATES, "The certificate is issued.");
    Ok(())
}

/// A certificate by its code, for those who revoke; nothing where none has the code.
#[server(prefix = "/api", endpoint = "certificate_to_revoke")]
pub async fn certificate_to_revoke(form: CertificateAddress) -> Result<Option<FoundCertificate>, AppError> {
    let actor = crate::access::require(Permission::RevokeCertificates)?;
    super::store::found(&actor, &super::model::code_as_typed(&form.code)).await
}

/// Revokes a certificate.
#[server(prefix = "/api", endpoint = "revoke_certificate")]
pub async fn revoke_certificate(form: RevokeForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::RevokeCertificates)?;
    let (code, reason) = form.check()?;
    super::store::revoke(&actor, &code, reason).await?;
    go_to(&crate::paths::certificate_found(&code), "The certificate is revoked. Whoever looks it up is told so.");
    Ok(())
}

/// What a certificate says, for whoever is shown it.
#[server(prefix = "/api", endpoint = "certificate_at")]
pub async fn certificate_at(form: CertificateAddress) -> Result<Certificate, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::certificate_at(&anyone, &super::model::code_as_typed(&form.code)).await
}

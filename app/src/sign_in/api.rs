//! Coming in, as server functions: open to anyone, since nobody is anybody yet.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{
    CodeForm, DemonstrationForm, DemonstrationPerson, EmailForm, LinkForm, LinkOwner, NewCode, NewPasswordForm, SignInForm,
};
use crate::access::{Asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks_nothing(SignIn::PATH),
    asks_nothing(SignOut::PATH),
    asks_nothing(EnterCode::PATH),
    asks_nothing(CodeToSetUp::PATH),
    asks_nothing(SetUpCode::PATH),
    asks_nothing(InvitedBy::PATH),
    asks_nothing(AcceptInvitation::PATH),
    asks_nothing(AskForReset::PATH),
    asks_nothing(ResetBy::PATH),
    asks_nothing(ResetPassword::PATH),
    asks_nothing(AskForLink::PATH),
    asks_nothing(LinkBy::PATH),
    asks_nothing(EnterByLink::PATH),
    asks_nothing(DemonstrationPeople::PATH),
    asks_nothing(EnterDemonstration::PATH),
];

/// Signs in with an address and a password.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(form: SignInForm) -> Result<(), AppError> {
    use super::{entrance, store};

    let anyone = crate::access::anyone()?;
    let entrance = store::sign_in_with_password(&anyone, &form.check()?).await?;
    entrance::let_in(&anyone, &entrance, &form.next);
    Ok(())
}

/// Signs out the device that asks, however far it had come.
#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::access::{anyone, go_to, take_back};
    use crate::paths;

    let anyone = anyone()?;
    super::store::sign_out(&anyone).await?;
    take_back(anyone.origin());
    go_to(paths::SIGN_IN, "You are signed out.");
    Ok(())
}

/// The second step: a one-time code, or a recovery code.
#[server(prefix = "/api", endpoint = "enter_code")]
pub async fn enter_code(form: CodeForm) -> Result<(), AppError> {
    use super::{entrance, store};

    let anyone = crate::access::anyone()?;
    let entrance = store::enter_code(&anyone, form.check()?).await?;
    entrance::let_in(&anyone, &entrance, &form.next);
    Ok(())
}

/// What has to be scanned by somebody whose role needs one-time codes and who has none yet; nothing for everybody else.
#[server(prefix = "/api", endpoint = "code_to_set_up")]
pub async fn code_to_set_up() -> Result<Option<NewCode>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::pending_code(&anyone).await
}

/// The second step for the first time. Answers with the recovery codes.
#[server(prefix = "/api", endpoint = "set_up_code")]
pub async fn set_up_code(form: CodeForm) -> Result<(), AppError> {
    use super::{entrance, store};
    use crate::access::{answer_here, anyone};

    let anyone = anyone()?;
    let (entrance, recovery_codes) = store::set_up_code(&anyone, form.check()?).await?;
    entrance::let_in(&anyone, &entrance, &form.next);
    answer_here(&recovery_codes.join(" "));
    Ok(())
}

/// Whose invitation it is, while it works.
#[server(prefix = "/api", endpoint = "invited_by")]
pub async fn invited_by(form: LinkForm) -> Result<Option<LinkOwner>, AppError> {
    use super::store::{Purpose, link_owner};

    link_owner(&crate::access::anyone()?, Purpose::Invitation, &form.token).await
}

/// Accepts an invitation.
#[server(prefix = "/api", endpoint = "accept_invitation")]
pub async fn accept_invitation(form: NewPasswordForm) -> Result<(), AppError> {
    use super::{entrance, store};

    let anyone = crate::access::anyone()?;
    let entrance = store::accept_invitation(&anyone, &form.check()?).await?;
    entrance::let_in(&anyone, &entrance, "");
    Ok(())
}

/// Asks for a link to choose another password.
#[server(prefix = "/api", endpoint = "ask_for_reset")]
pub async fn ask_for_reset(form: EmailForm) -> Result<(), AppError> {
    use crate::access::{anyone, go_to};
    use crate::paths;

    super::store::ask_for_reset(&anyone()?, &form.check()?).await?;
    go_to(paths::SIGN_IN, "If that address is known, a message is on its way. It comes within a few minutes and works for one hour.");
    Ok(())
}

/// Whose link for another password it is, while it works.
#[server(prefix = "/api", endpoint = "reset_by")]
pub async fn reset_by(form: LinkForm) -> Result<Option<LinkOwner>, AppError> {
    use super::store::{Purpose, link_owner};

    link_owner(&crate::access::anyone()?, Purpose::Reset, &form.token).await
}

/// Chooses another password by a link.
#[server(prefix = "/api", endpoint = "reset_password")]
pub async fn reset_password(form: NewPasswordForm) -> Result<(), AppError> {
    use super::{entrance, store};

    let anyone = crate::access::anyone()?;
    let entrance = store::reset_password(&anyone, &form.check()?).await?;
    entrance::let_in(&anyone, &entrance, "");
    Ok(())
}

/// Asks for a link to sign in with.
#[server(prefix = "/api", endpoint = "ask_for_link")]
pub async fn ask_for_link(form: EmailForm) -> Result<(), AppError> {
    use crate::access::{anyone, go_to};
    use crate::paths;

    super::store::ask_for_link(&anyone()?, &form.check()?).await?;
    go_to(paths::SIGN_IN, "If that address is known, a message is on its way. It comes within a few minutes and works for 15 minutes.");
    Ok(())
}

/// Whose link to sign in with it is, while it works.
#[server(prefix = "/api", endpoint = "link_by")]
pub async fn link_by(form: LinkForm) -> Result<Option<LinkOwner>, AppError> {
    use super::store::{Purpose, link_owner};

    link_owner(&crate::access::anyone()?, Purpose::SignIn, &form.token).await
}

/// Signs in by a link. Opening the link does not do so by itself, since programs that check mail open links too.
#[server(prefix = "/api", endpoint = "enter_by_link")]
pub async fn enter_by_link(form: LinkForm) -> Result<(), AppError> {
    use super::{entrance, store};

    let anyone = crate::access::anyone()?;
    let entrance = store::enter_by_link(&anyone, &form.token).await?;
    entrance::let_in(&anyone, &entrance, "");
    Ok(())
}

/// The invented people of a demonstration; outside of one, nobody.
#[server(prefix = "/api", endpoint = "demonstration_people")]
pub async fn demonstration_people() -> Result<Vec<DemonstrationPerson>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::demonstration_people(&anyone).await
}

/// Signs in as one of the invented people of a demonstration.
#[server(prefix = "/api", endpoint = "enter_demonstration")]
pub async fn enter_demonstration(form: DemonstrationForm) -> Result<(), AppError> {
    use super::{entrance, store};
    use crate::access::{Role, anyone};

    let anyone = anyone()?;
    let role = Role::of_key(&form.role).ok_or(AppError::NotFound)?;
    let entrance = store::enter_demonstration(&anyone, role).await?;
    entrance::let_in(&anyone, &entrance, &form.next);
    Ok(())
}

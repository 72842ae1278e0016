//! The server functions of somebody who is signed in about their own ways in: devices, password, codes.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{ChangePasswordForm, CodeForm, CodeState, Device, DeviceForm, OwnPasswordForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const OWN_ASKS: &[Asks] = &[
    asks(MyDevices::PATH, Permission::UseOwnAccount),
    asks(SignOutDevice::PATH, Permission::UseOwnAccount),
    asks(SignOutOthers::PATH, Permission::UseOwnAccount),
    asks(SignOutEverywhere::PATH, Permission::UseOwnAccount),
    asks(MySignInName::PATH, Permission::UseOwnAccount),
    asks(ChangePassword::PATH, Permission::UseOwnAccount),
    asks(MyCodes::PATH, Permission::UseOwnAccount),
    asks(BeginCode::PATH, Permission::UseOwnAccount),
    asks(ConfirmCode::PATH, Permission::UseOwnAccount),
    asks(DropNewCode::PATH, Permission::UseOwnAccount),
    asks(RenewRecoveryCodes::PATH, Permission::UseOwnAccount),
    asks(StopCodes::PATH, Permission::UseOwnAccount),
];

/// Where one is signed in.
#[server(prefix = "/api", endpoint = "my_devices")]
pub async fn my_devices() -> Result<Vec<Device>, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::devices_of(&actor).await
}

/// Signs out one device.
#[server(prefix = "/api", endpoint = "sign_out_device")]
pub async fn sign_out_device(form: DeviceForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    let device = form.device.parse().map_err(|_| AppError::NotFound)?;
    super::store::sign_out_device(&actor, device).await?;
    go_to(paths::DEVICES, "That device is signed out.");
    Ok(())
}

/// Signs out every device but this one.
#[server(prefix = "/api", endpoint = "sign_out_others")]
pub async fn sign_out_others() -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    super::store::sign_out_others(&actor).await?;
    go_to(paths::DEVICES, "Every other device is signed out.");
    Ok(())
}

/// Signs out every device, this one too.
#[server(prefix = "/api", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    use crate::access::{go_to, require, take_back};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    super::store::sign_out_all(&actor).await?;
    take_back(actor.origin());
    go_to(paths::SIGN_IN, "You are signed out on every device.");
    Ok(())
}

/// The address with which one signs in.
#[server(prefix = "/api", endpoint = "my_sign_in_name")]
pub async fn my_sign_in_name() -> Result<String, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::sign_in_name(&actor).await
}

/// Changes one's password.
#[server(prefix = "/api", endpoint = "change_password")]
pub async fn change_password(form: ChangePasswordForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    form.check()?;
    store::check_own_password(&actor, "password", &form.password).await?;
    store::change_password(&actor, &form.new_password).await?;
    go_to(paths::ME, "Your password is changed, and your other devices are signed out.");
    Ok(())
}

/// What one has of one-time codes.
#[server(prefix = "/api", endpoint = "my_codes")]
pub async fn my_codes() -> Result<CodeState, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::code_state(&actor).await
}

/// Begins to set up one-time codes, for the first time or on another phone.
#[server(prefix = "/api", endpoint = "begin_code")]
pub async fn begin_code(form: OwnPasswordForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    store::check_own_password(&actor, "password", &form.password).await?;
    store::begin_own_code(&actor).await?;
    go_to(paths::ONE_TIME_CODE, "");
    Ok(())
}

/// Finishes setting up. Answers with the recovery codes.
#[server(prefix = "/api", endpoint = "confirm_code")]
pub async fn confirm_code(form: CodeForm) -> Result<(), AppError> {
    use crate::access::{answer_here, require};

    let actor = require(Permission::UseOwnAccount)?;
    let recovery_codes = super::store::confirm_code(&actor, form.check()?).await?;
    answer_here(&recovery_codes.join(" "));
    Ok(())
}

/// Leaves one's codes as they were before setting up began.
#[server(prefix = "/api", endpoint = "drop_new_code")]
pub async fn drop_new_code() -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    super::store::drop_new_code(&actor).await?;
    go_to(paths::ONE_TIME_CODE, "Nothing was changed.");
    Ok(())
}

/// Makes new recovery codes, and answers with them.
#[server(prefix = "/api", endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes(form: OwnPasswordForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{answer_here, require};

    let actor = require(Permission::UseOwnAccount)?;
    store::check_own_password(&actor, "password", &form.password).await?;
    let recovery_codes = store::renew_recovery_codes(&actor).await?;
    answer_here(&recovery_codes.join(" "));
    Ok(())
}

/// Stops asking for codes.
#[server(prefix = "/api", endpoint = "stop_codes")]
pub async fn stop_codes(form: OwnPasswordForm) -> Result<(), AppError> {
    use super::store;
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::UseOwnAccount)?;
    store::check_own_password(&actor, "password", &form.password).await?;
    store::forget_code(&actor).await?;
    go_to(paths::ONE_TIME_CODE, "You are not asked for codes any more.");
    Ok(())
}

//! Changing one's password.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::sign_in::own_api::{ChangePassword, my_sign_in_name};
use crate::ui::{Field, PageHead, PostForm, load};

/// The old password and the new one.
#[component]
pub fn ChangePasswordPage() -> impl IntoView {
    load(my_sign_in_name(), |email| {
        view! {
            <PageHead
                title="Password"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Your other devices are signed out when you change it, and you are told by email."
            />
            <PostForm action=ChangePassword::PATH class="onething">
                // Without a name it is not sent; it tells a password manager whose password this is.
                <input type="text" autocomplete="username" value=email hidden />
                <Field name="password" label="Current password" kind="password" autocomplete="current-password" />
                <Field
                    name="new_password"
                    label="New password"
                    hint="At least 12 characters. Three or four unusual words are easy to remember and hard to guess."
                    kind="password"
                    autocomplete="new-password"
                />
                <div class="form-foot"><button class="btn">"Change password"</button></div>
            </PostForm>
        }
    })
}

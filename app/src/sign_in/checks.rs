//! What the forms of coming in must hold, and what is made of them.

use super::model::{ChangePasswordForm, CodeForm, EmailForm, NewPasswordForm, SignInForm};
use crate::access::Role;
use crate::error::{AppError, Problem};
use crate::paths;
use crate::people::EmailAddress;

/// An address and a password that are worth trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordEntry {
    /// In lower case.
    pub email: String,
    /// As it was typed.
    pub password: String,
}

impl SignInForm {
    /// Checks that both are there.
    pub fn check(&self) -> Result<PasswordEntry, AppError> {
        let email = work_email(&self.email);
        let mut problems: Vec<Problem> = email.as_ref().err().cloned().into_iter().collect();
        if self.password.is_empty() {
            problems.push(Problem::new("password", "Enter your password"));
        }
        match email {
            Ok(email) if problems.is_empty() => Ok(PasswordEntry { email, password: self.password.clone() }),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

/// An address in lower case, where it has the shape of one.
fn work_email(entered: &str) -> Result<String, Problem> {
    let email = EmailAddress::of(entered).ok_or_else(|| Problem::new("email", "Enter your work email, like name@council.gov.uk"))?;
    Ok(email.as_str().to_owned())
}

impl EmailForm {
    /// The address in lower case.
    pub fn check(&self) -> Result<String, AppError> {
        work_email(&self.email).map_err(|problem| AppError::Invalid(vec![problem]))
    }
}

/// A password that goes with a link. Whether it is good enough depends on whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPassword {
    /// The last part of the link.
    pub token: String,
    /// As it was typed.
    pub password: String,
}

impl NewPasswordForm {
    /// Checks that a password is there.
    pub fn check(&self) -> Result<NewPassword, AppError> {
        if self.password.is_empty() {
            return Err(AppError::invalid("password", "Choose a password"));
        }
        Ok(NewPassword { token: self.token.clone(), password: self.password.clone() })
    }
}

impl CodeForm {
    /// The code without what stands around it.
    pub fn check(&self) -> Result<&str, AppError> {
        let code = self.code.trim();
        if code.is_empty() {
            return Err(AppError::invalid("code", "Enter the code"));
        }
        Ok(code)
    }
}

impl ChangePasswordForm {
    /// Checks that both are there.
    pub fn check(&self) -> Result<(), AppError> {
        let mut problems = Vec::new();
        if self.password.is_empty() {
            problems.push(Problem::new("password", "Enter your current password"));
        }
        if self.new_password.is_empty() {
            problems.push(Problem::new("new_password", "Choose a new password"));
        }
        if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
    }
}

/// Where to go after signing in: the page that was wanted, where that is a page of this site, and otherwise Today.
pub fn local_path(next: &str) -> &str {
    let mut characters = next.chars();
    let is_local = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    let is_plain = next.chars().all(|character| character.is_ascii_graphic() && character != '\\');
    let is_elsewhere = !next.starts_with(paths::SIGN_IN);
    if is_local && is_plain && is_elsewhere { next } else { paths::TODAY }
}

/// The address of the person who stands for a role in a demonstration; `.example` belongs to nobody (RFC 2606).
pub fn demonstration_email(role: Role) -> String {
    format!("{}@demonstration.example", role.key().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_was_wanted_is_one_of_this_site() {
        assert_eq!(local_path("/calendar/week/2026-10-19?show=group"), "/calendar/week/2026-10-19?show=group");
        for elsewhere in ["", "//evil.example", "/\\evil.example", "https://evil.example", "today", "/a\r\nx: y", "/a\\b", "/sign-in/code"]
        {
            assert_eq!(local_path(elsewhere), paths::TODAY, "{elsewhere}");
        }
    }

    #[test]
    fn an_address_has_a_mailbox_and_a_domain() {
        assert_eq!(work_email(" Amina.R@Bradford.gov.uk ").unwrap(), "amina.r@bradford.gov.uk");
        for wrong in ["", "amina", "amina.r@", "@bradford.gov.uk", "amina@bradford", "amina@.uk", "amina r@bradford.gov.uk"] {
            assert_eq!(work_email(wrong).unwrap_err().field, "email", "{wrong}");
        }
    }

    #[test]
    fn every_missing_field_is_named_at_once() {
        let AppError::Invalid(problems) = SignInForm::default().check().unwrap_err() else { panic!("refused for another reason") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["email", "password"]);
    }

    #[test]
    fn each_role_has_an_address_of_its_own_in_a_demonstration() {
        assert_eq!(demonstration_email(Role::ClinicalLead), "clinical-lead@demonstration.example");
    }
}

//! What the form about appearance must hold.

use super::model::AppearanceForm;
use crate::error::{AppError, Problem};

/// How pages look on a device. Empty words leave the choice to the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// `light`, `dark` or empty.
    pub theme: &'static str,
    /// `week`, `agenda` or empty.
    pub calendar: &'static str,
}

impl AppearanceForm {
    /// Checks that each is one of the choices.
    pub fn check(&self) -> Result<Appearance, AppError> {
        let theme = match self.theme.as_str() {
            "light" => Ok("light"),
            "dark" => Ok("dark"),
            "system" => Ok(""),
            _ => Err(Problem::new("theme", "Choose light, dark, or as your device does")),
        };
        let calendar = match self.calendar.as_str() {
            "week" => Ok("week"),
            "agenda" => Ok("agenda"),
            "screen" => Ok(""),
            _ => Err(Problem::new("calendar", "Choose how the calendar opens")),
        };
        match (theme, calendar) {
            (Ok(theme), Ok(calendar)) => Ok(Appearance { theme, calendar }),
            (theme, calendar) => Err(AppError::Invalid(theme.err().into_iter().chain(calendar.err()).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_to_the_device_is_not_remembered() {
        let form = AppearanceForm { theme: "system".into(), calendar: "agenda".into() };
        assert_eq!(form.check().unwrap(), Appearance { theme: "", calendar: "agenda" });
    }

    #[test]
    fn a_choice_that_does_not_exist_is_refused() {
        let form = AppearanceForm { theme: "dark; Path=/".into(), calendar: "month".into() };
        let AppError::Invalid(problems) = form.check().unwrap_err() else { panic!("refused for another reason") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["theme", "calendar"]);
    }
}

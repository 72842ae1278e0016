//! What the form about appearance must hold.

use super::model::AppearanceForm;
use crate::access::remembered;
use crate::error::{AppError, Problem};

/// How pages look on a device. Empty words leave the choice to the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// `light`, `dark` or empty.
    pub theme: &'static str,
    /// `month`, `week`, `day`, `agenda` or empty.
    pub calendar: &'static str,
    /// `off` or empty.
    pub keys: &'static str,
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
            "month" => Ok("month"),
            "week" => Ok("week"),
            "day" => Ok("day"),
            "agenda" => Ok("agenda"),
            "last" => Ok(""),
            _ => Err(Problem::new("calendar", "Choose how the calendar opens")),
        };
        let keys = match self.keys.as_str() {
            "on" => Ok(""),
            "off" => Ok("off"),
            _ => Err(Problem::new("keys", "Choose whether single letters are keys")),
        };
        match (theme, calendar, keys) {
            (Ok(theme), Ok(calendar), Ok(keys)) => Ok(Appearance { theme, calendar, keys }),
            (theme, calendar, keys) => Err(AppError::Invalid([theme.err(), calendar.err(), keys.err()].into_iter().flatten().collect())),
        }
    }
}

/// Whether single letters are keys on this device.
pub fn has_letter_keys() -> bool {
    remembered("keys").as_deref() != Some("off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_to_the_device_is_not_remembered() {
        let form = AppearanceForm { theme: "system".into(), calendar: "agenda".into(), keys: "on".into() };
        assert_eq!(form.check().unwrap(), Appearance { theme: "", calendar: "agenda", keys: "" });
        let form = AppearanceForm { theme: "dark".into(), calendar: "last".into(), keys: "off".into() };
        assert_eq!(form.check().unwrap(), Appearance { theme: "dark", calendar: "", keys: "off" });
    }

    #[test]
    fn a_choice_that_does_not_exist_is_refused() {
        let form = AppearanceForm { theme: "dark; Path=/".into(), calendar: "year".into(), keys: "some".into() };
        let AppError::Invalid(problems) = form.check().unwrap_err() else { panic!("refused for another reason") };
        assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["theme", "calendar", "keys"]);
    }
}

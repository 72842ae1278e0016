//! Registrations for tests.

use crate::access::Actor;
use crate::availability::{Cell, Stretch, Week};
use crate::registration::forms::StepForm;
use crate::registration::model::Step;
use crate::registration::store::{answer_step, confirm};

/// Monday and Thursday from 09:00 to 13:00, of which one o'clock of Thursday is not preferred.
pub fn week() -> String {
    let at = |text: &str| chrono::NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let mut week = Week::of_hours(&[]);
    for weekday in [chrono::Weekday::Mon, chrono::Weekday::Thu] {
        week.paint_stretch(weekday, Stretch::new(at("09:00"), at("13:00")).unwrap(), Cell::Free);
    }
    week.paint_stretch(chrono::Weekday::Thu, Stretch::new(at("09:00"), at("11:00")).unwrap(), Cell::Preferred);
    week.figures()
}

/// The answer to a question, as most people give it.
pub fn answer(step: Step) -> StepForm {
    let word = str::to_owned;
    let form = StepForm { step: word(step.key()), ..StepForm::default() };
    match step {
        Step::Experience => StepForm { experience: word("over_three"), elsewhere: word("no"), ..form },
        Step::Stream => StepForm { stream: word("pir"), ..form },
        Step::Intervention => StepForm { intervention: word("solihull"), ..form },
        Step::Competence => StepForm { competence: word("two"), ..form },
        Step::Way => StepForm { way: word("online"), ..form },
        Step::Urgency => StepForm { urgency: word("now"), ..form },
        Step::FirstWeek | Step::SecondWeek => StepForm { painted: week(), ..form },
        Step::Manager => StepForm { manager: word("unknown"), ..form },
        Step::Setting | Step::Keep | Step::Needs | Step::Together | Step::Apart | Step::Sharing => form,
    }
}

/// Answers every question, those given in another way than most people do, and confirms it.
pub async fn register(actor: &Actor, otherwise: &[StepForm]) {
    for step in Step::ALL {
        let form = otherwise.iter().find(|form| form.step == step.key()).cloned().unwrap_or_else(|| answer(*step));
        answer_step(actor, &form).await.unwrap();
    }
    confirm(actor).await.unwrap();
}

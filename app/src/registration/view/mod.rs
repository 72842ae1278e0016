//! The pages of a registration.

mod own;

mod step;

mod hours;

mod offering;

mod person;

mod together;

mod told;

pub use offering::OfferingPage;
pub use own::RegistrationPage;
pub use person::PersonRegistrationPage;
pub use step::StepPage;

//! What a part of a text looks like.

use std::fmt;

/// What a part of a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// A number of the NHS, or of its like in Scotland and Northern Ireland.
    NhsNumber,
    /// A day on which somebody was born or is due.
    DateOfBirth,
    /// A whole postcode: the first half alone is a district of thousands.
    Postcode,
    /// A telephone number that is not said to be a service's.
    Telephone,
    /// An address for e-mail that is not a shared one of an organisation.
    Email,
    /// The number of a car.
    VehicleRegistration,
    /// A full name beside a word for a child, a parent or a relative.
    PersonName,
    /// A number in the records of social care, a hospital or a court.
    CaseReference,
    /// Where somebody lives.
    Address,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 9] = [
        Self::NhsNumber,
        Self::DateOfBirth,
        Self::Postcode,
        Self::Telephone,
        Self::Email,
        Self::VehicleRegistration,
        Self::PersonName,
        Self::CaseReference,
        Self::Address,
    ];

    /// Its name in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NhsNumber => "nhs_number",
            Self::DateOfBirth => "date_of_birth",
            Self::Postcode => "postcode",
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::VehicleRegistration => "vehicle_registration",
            Self::PersonName => "person_name",
            Self::CaseReference => "case_reference",
            Self::Address => "address",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}

//! Everybody who is invented.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::draw::Draw;
use super::plan::{Present, Size};
use super::register::{active, named};
use crate::access::Role;
use crate::authorities::AuthorityId;
use crate::people::{PersonId, Standing};

/// Somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: PersonId,
    pub code: String,
    pub title: &'static str,
    pub given_name: &'static str,
    pub family_name: &'static str,
    pub email: String,
    pub profession: &'static str,
    pub authority: Option<AuthorityId>,
    pub standing: Standing,
    pub created_at: DateTime<Utc>,
    pub roles: Vec<Role>,
    /// Whether they work where they are entered, as their authority has confirmed.
    pub works_there: bool,
}

/// Everybody, and who is who in what is invented next.
#[derive(Debug, PartialEq)]
pub struct Cast {
    pub everybody: Vec<Person>,
    /// The practitioner whom the sign-in page offers.
    pub amina: PersonId,
    /// The supervisor whom it offers.
    pub ruth: PersonId,
    /// Who is in Ruth's Aire group beside Amina.
    pub companions: Vec<PersonId>,
    /// Other practitioners who have registered, in no order.
    pub practitioners: Vec<PersonId>,
    /// The most senior first: those who lead the groups of the others.
    pub supervisors: Vec<PersonId>,
    /// Who keep up with the authorities.
    pub coordinators: Vec<PersonId>,
}

/// Somebody with a name of their own, where the name matters to what is shown.
struct Named {
    title: &'static str,
    given_name: &'static str,
    family_name: &'static str,
    profession: &'static str,
    authority: &'static str,
    role: Role,
}

const fn somebody(
    given_name: &'static str,
    family_name: &'static str,
    profession: &'static str,
    authority: &'static str,
    role: Role,
) -> Named {
    Named { title: "", given_name, family_name, profession, authority, role }
}

/// One for each role, in the order of the sign-in page.
const FACES: [Named; 9] = [
    somebody("Amina", "Rahman", "Health visitor", "Bradford", Role::Practitioner),
    Named { title: "Dr", ..somebody("Ruth", "Adeyemi", "Clinical psychologist", "", Role::Supervisor) },
    somebody("Sian", "Llewellyn", "", "", Role::Coordinator),
    Named { title: "Dr", ..somebody("Hannah", "Vantongeren", "", "", Role::ClinicalLead) },
    somebody("Colin", "Marchbanks", "", "Bradford", Role::AuthorityLead),
    somebody("Moira", "Tennant", "", "", Role::SafeguardingLead),
    somebody("Judith", "Wainfleet", "", "", Role::DepartmentViewer),
    somebody("Farah", "Quennell", "", "", Role::Evaluator),
    somebody("Tom", "Barrowclough", "", "", Role::Administrator),
];

/// Who is in the Aire group with Amina: from several authorities, so that everybody hears a fresh view.
const COMPANIONS: [Named; 5] = [
    somebody("Joanne", "Pickersgill", "Family hub practitioner", "Salford", Role::Practitioner),
    somebody("Kirsty", "Dunmore", "Specialist midwife", "Calderdale", Role::Practitioner),
    somebody("Yusuf", "Hadi", "Parent-infant therapist", "Rotherham", Role::Practitioner),
    somebody("Grace", "Amoah", "Perinatal mental health nurse", "Salford", Role::Practitioner),
    somebody("Zainab", "Takyi", "Health visitor", "Wakefield", Role::Practitioner),
];

/// Who leads the group in which Ruth is supervised.
const SENIOR: Named = somebody("Marianne", "Sowerby", "Child psychotherapist", "", Role::Supervisor);

const PROFESSIONS: [&str; 12] = [
    "Health visitor",
    "Health visitor",
    "Specialist health visitor",
    "Midwife",
    "Specialist midwife",
    "Family hub practitioner",
    "Parent-infant therapist",
    "Perinatal mental health nurse",
    "Early years practitioner",
    "Infant feeding specialist",
    "Social worker",
    "Nursery nurse",
];

const SUPERVISORS_PROFESSIONS: [&str; 6] = [
    "Clinical psychologist",
    "Child psychotherapist",
    "Parent-infant psychotherapist",
    "Consultant nurse",
    "Family therapist",
    "Specialist health visitor",
];

/// Invents everybody.
pub fn cast(size: Size, seed: u64, present: Present) -> Cast {
    let mut casting = Casting {
        draw: Draw::of(seed, "people"),
        now: present.now,
        given_names: include_str!("given_names.txt").lines().collect(),
        family_names: include_str!("family_names.txt").lines().collect(),
        taken: HashSet::new(),
        everybody: Vec::new(),
    };
    let faces: Vec<PersonId> = FACES.iter().map(|face| casting.face(face)).collect();
    let companions = COMPANIONS.iter().map(|named| casting.named(named)).collect();
    let supervisors = casting.supervisors(size);
    let coordinators = (0..2).map(|_| casting.invented(Role::Coordinator, "", None, Standing::Registered)).collect::<Vec<_>>();
    let practitioners = casting.practitioners(size);
    casting.ask_about_some(named("Bradford"));
    let face = |role| FACES.iter().position(|face| face.role == role).and_then(|place| faces.get(place).copied()).unwrap_or(NOBODY);
    let (amina, ruth) = (face(Role::Practitioner), face(Role::Supervisor));
    Cast {
        everybody: casting.everybody,
        amina,
        ruth,
        companions,
        practitioners,
        supervisors: supervisors.into_iter().chain([ruth]).collect(),
        coordinators: [face(Role::Coordinator)].into_iter().chain(coordinators).collect(),
    }
}

/// Stands where the list of faces would lack a role, which a test rules out.
const NOBODY: PersonId = PersonId(uuid::Uuid::nil());

struct Casting {
    draw: Draw,
    now: DateTime<Utc>,
    given_names: Vec<&'static str>,
    family_names: Vec<&'static str>,
    taken: HashSet<(&'static str, &'static str)>,
    everybody: Vec<Person>,
}

impl Casting {
    fn face(&mut self, named: &Named) -> PersonId {
        let email = format!("{}@demonstration.example", named.role.key().replace('_', "-"));
        self.join(named, email, self::named(named.authority), Standing::Registered)
    }

    fn named(&mut self, named: &Named) -> PersonId {
        let email = self.email(named);
        self.join(named, email, self::named(named.authority), Standing::Registered)
    }

    /// The most senior one comes first, then those who lead the groups of the rest; Ruth is added by whoever calls.
    fn supervisors(&mut self, size: Size) -> Vec<PersonId> {
        let mut supervisors = vec![self.supervisor(), self.named(&SENIOR)];
        supervisors.extend((3..size.supervisors).map(|_| self.supervisor()));
        supervisors
    }

    fn supervisor(&mut self) -> PersonId {
        let profession = self.draw.word(&SUPERVISORS_PROFESSIONS);
        self.invented(Role::Supervisor, profession, None, Standing::Registered)
    }

    /// Those who have registered; the others are on the list of people and nowhere else.
    fn practitioners(&mut self, size: Size) -> Vec<PersonId> {
        let places = active(&mut self.draw);
        // Somebody works in each active authority; where the others work is left to chance.
        let mut first = places.clone();
        first.dedup();
        let mut first = first.into_iter();
        let mut registered = Vec::new();
        for _ in COMPANIONS.len() + 1..usize::try_from(size.practitioners).unwrap_or_default() {
            let standing = match self.draw.below(100) {
                0..88 => Standing::Registered,
                88..94 => Standing::Invited,
                94..98 => Standing::NotInvited,
                _ => Standing::Suspended,
            };
            let profession = self.draw.word(&PROFESSIONS);
            let authority = first.next().or_else(|| self.draw.pick(&places).copied());
            let person = self.invented(Role::Practitioner, profession, authority, standing);
            if standing == Standing::Registered {
                registered.push(person);
            }
        }
        registered
    }

    /// Two who have not come in yet, about whom the lead of an authority is asked. Nothing else that is invented knows of them.
    fn ask_about_some(&mut self, authority: Option<AuthorityId>) {
        let invited = self.everybody.iter_mut().rev().filter(|person| person.standing == Standing::Invited);
        for person in invited.take(2) {
            person.authority = authority;
            person.works_there = false;
        }
    }

    fn invented(&mut self, role: Role, profession: &'static str, authority: Option<AuthorityId>, standing: Standing) -> PersonId {
        let (given_name, family_name) = self.name();
        let title = if role == Role::Supervisor && self.draw.chance(30) { "Dr" } else { "" };
        let named = Named { title, ..somebody(given_name, family_name, profession, "", role) };
        let email = self.email(&named);
        self.join(&named, email, authority, standing)
    }

    /// A name that nobody has yet. After so many throws a name may come twice, as names do.
    fn name(&mut self) -> (&'static str, &'static str) {
        for _ in 0..20 {
            let name = (self.draw.word(&self.given_names), self.draw.word(&self.family_names));
            if self.taken.insert(name) {
                return name;
            }
        }
        (self.draw.word(&self.given_names), self.draw.word(&self.family_names))
    }

    /// The number keeps the address of two people of one name apart.
    fn email(&self, named: &Named) -> String {
        let number = self.everybody.len() + 1;
        format!("{}.{}.{number}@demonstration.example", plain(named.given_name), plain(named.family_name))
    }

    fn join(&mut self, named: &Named, email: String, authority: Option<AuthorityId>, standing: Standing) -> PersonId {
        self.taken.insert((named.given_name, named.family_name));
        let id = PersonId(self.draw.id());
        let person = Person {
            id,
            code: self.draw.code(),
            title: named.title,
            given_name: named.given_name,
            family_name: named.family_name,
            email,
            profession: named.profession,
            authority,
            standing,
            created_at: self.now - TimeDelta::days(i64::from(self.draw.between(200, 400))),
            roles: vec![named.role],
            works_there: true,
        };
        self.everybody.push(person);
        id
    }
}

/// A name in the letters of an address.
fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|letter| match letter {
            'á' | 'à' => Some('a'),
            'é' | 'è' | 'ë' => Some('e'),
            'ó' | 'ö' => Some('o'),
            letter if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(seed: u64, now: &str) -> Cast {
        cast(Size::SMALL, seed, Present::at(now.parse().unwrap()))
    }

    #[test]
    fn the_same_seed_invents_the_same_people_on_any_day() {
        let who = |cast: Cast| -> Vec<_> {
            cast.everybody.into_iter().map(|person| (person.id, person.code, person.email, person.authority, person.standing)).collect()
        };

        assert_eq!(who(small(7, "2026-10-22T08:50:00Z")), who(small(7, "2027-03-28T23:00:00Z")));
        assert_ne!(who(small(7, "2026-10-22T08:50:00Z")), who(small(8, "2026-10-22T08:50:00Z")));
    }

    #[test]
    fn everybody_has_a_code_and_an_address_that_nobody_else_has() {
        let cast = small(7, "2026-10-22T08:50:00Z");

        let emails: HashSet<&str> = cast.everybody.iter().map(|person| person.email.as_str()).collect();
        let codes: HashSet<&str> = cast.everybody.iter().map(|person| person.code.as_str()).collect();

        assert_eq!(emails.len(), cast.everybody.len());
        assert_eq!(codes.len(), cast.everybody.len());
        assert!(emails.iter().all(|email| email.ends_with("@demonstration.example") && email.is_ascii()));
    }

    #[test]
    fn each_role_has_one_face_with_the_address_of_the_role() {
        let cast = small(7, "2026-10-22T08:50:00Z");

        for role in Role::ALL {
            let email = format!("{}@demonstration.example", role.key().replace('_', "-"));
            let face = cast.everybody.iter().find(|person| person.email == email).unwrap();
            assert_eq!(face.roles, [role]);
            assert_eq!(face.standing, Standing::Registered);
        }
    }

    #[test]
    fn the_lead_whom_the_sign_in_page_offers_is_asked_about_two_people() {
        let cast = small(7, "2026-10-22T08:50:00Z");
        let lead = cast.everybody.iter().find(|person| person.roles.contains(&Role::AuthorityLead)).unwrap();
        let asked: Vec<&Person> = cast.everybody.iter().filter(|person| !person.works_there).collect();

        assert_eq!(asked.len(), 2);
        assert!(asked.iter().all(|person| person.authority == lead.authority && person.id != cast.amina));
    }

    #[test]
    fn the_cast_is_as_large_as_was_asked_for() {
        let cast = small(7, "2026-10-22T08:50:00Z");
        let with = |role| cast.everybody.iter().filter(|person| person.roles.contains(&role)).count();

        assert_eq!(with(Role::Practitioner), 300);
        assert_eq!(with(Role::Supervisor), 40);
        assert_eq!(cast.supervisors.len(), 40);
    }
}

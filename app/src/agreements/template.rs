//! The standard text, with the sixteen groups of fields that agreements in the health service and in local authorities have.
//!
//! A group begins with this text and makes it its own. It is versioned with the code: what a group has agreed to is stored whole, so a
//! change here changes nothing that is in force.

use super::model::Section;
use crate::groups::{GroupKind, MeetingMode, Rhythm, within_sentence};

/// What the standard text says of one group.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// "Aire group".
    pub group: &'a str,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// "Dr Ruth A."
    pub supervisor: &'a str,
    /// How many places the group has.
    pub capacity: i64,
    /// How it meets.
    pub mode: MeetingMode,
    /// Where it meets in person, or empty.
    pub place: &'a str,
    /// When it meets, if that is planned.
    pub rhythm: Option<Rhythm>,
}

/// The text that a group's first proposal begins with.
pub fn standard_text(terms: &Terms<'_>) -> Vec<Section> {
    let own = [
        ("Who agrees", parties(terms)),
        ("What supervision is for, and what it is not", purpose(terms)),
        ("How and when we meet", format(terms)),
    ];
    own.into_iter()
        .chain(SAME_FOR_ALL.into_iter().map(|(heading, text)| (heading, text.to_owned())))
        .map(|(heading, text)| Section { heading: heading.to_owned(), text })
        .collect()
}

/// 1: parties, roles, employers.
fn parties(terms: &Terms<'_>) -> String {
    let supervisees = match (terms.kind, terms.capacity) {
        (GroupKind::OneToOne, _) | (_, 1) => "one supervisee".to_owned(),
        (GroupKind::Supervisors, most) => format!("up to {most} supervisors, who are supervisees here"),
        (GroupKind::OpenClinic, most) => format!("up to {most} supervisees, who book their places at each session,"),
        (GroupKind::Group | GroupKind::Pair | GroupKind::Vig | GroupKind::Reflective, most) => format!("up to {most} supervisees"),
    };
    format!(
        "This agreement is between {}, who supervises, and {supervisees} in {}. Everybody who agrees to it stands below this text, with their employer and the day on which they did.\n\nEach of us names their line manager to the Centre, which needs to know whom to turn to and keeps managers and those whom they manage apart. Anybody whose line manager is in this group, or who manages somebody in it, says so before the first session, so that another group can be found.",
        terms.supervisor,
        within_sentence(terms.group)
    )
}

/// 2: purpose and model, and what supervision is not.
fn purpose(terms: &Terms<'_>) -> String {
    let special = match terms.kind {
        GroupKind::Vig => " We look closely at film of our own work, with the principles of attuned interaction in mind.",
        GroupKind::Supervisors => " We bring our own supervising: what happens between us and those whom we supervise.",
        GroupKind::Reflective => " We reflect on our practice together: what we see, what it stirs in us, and what we make of it.",
        GroupKind::OpenClinic => {
            " Each session stands for itself: whoever books a place brings a question from their work, and agrees to this text by booking."
        }
        GroupKind::Group | GroupKind::Pair | GroupKind::OneToOne => "",
    };
    format!(
        "Supervision gives support and guidance with the work, room to notice what the work does to us, and learning.{special}\n\nIt is not line management, therapy, safeguarding supervision or an assessment. The employer keeps responsibility for each family and for what is done in each case."
    )
}

/// 3: format, frequency, length, mode and place.
fn format(terms: &Terms<'_>) -> String {
    let when = match terms.rhythm {
        Some(rhythm) => format!("{rhythm}, UK time"),
        None => "On days and at times that we settle together before the first session, UK time".to_owned(),
    };
    let place = match (terms.mode, terms.place) {
        (MeetingMode::Online, _) => "online, in the room whose address is on the session’s page".to_owned(),
        (MeetingMode::InPerson, "") => "in person".to_owned(),
        (MeetingMode::InPerson, place) => format!("in person: {place}"),
    };
    format!(
        "{when}, {place}.\n\nThe dates are in each person’s calendar. The same people meet at the same time with the same supervisor. When the supervisor cannot come, the Centre says who leads instead, or that the session will not run."
    )
}

/// 4 to 16: what is the same for every group to begin with.
const SAME_FOR_ALL: [(&str, &str); 13] = [
    (
        "Coming, being late, and not being able to come",
        "We come to every session that we can, and to at least four of every six; our employers have agreed to protect the time. Whoever cannot come sends apologies here, at least 24 hours ahead where possible; the place is kept.\n\nWe begin and end on time. Whoever is late joins quietly. After two absences in a row, or three in six sessions, the supervisor asks how things are and what would help.",
    ),
    (
        "What we bring",
        "Each of us brings something from our own work: a question, a moment, a feeling, a piece of film. We take turns, so that everybody is heard over a few sessions.\n\nFamilies are spoken of so that nobody could know them: no names, addresses or dates of birth. Film is shown only with the family’s written consent to its use in supervision.",
    ),
    (
        "Confidentiality and its limits",
        "What is said here stays here. We do not speak of it outside, not even with each other.\n\nThere are limits. Something must be passed on where a child, an unborn baby or an adult may be at risk of serious harm; where one of us may come to serious harm; where practice is unsafe or illegal and nothing is done about it; or where the law requires it. Wherever it is safe, we tell each other first.\n\nThe supervisor is supervised too, and speaks there of the work without naming anybody.",
    ),
    (
        "What is written down",
        "The supervisor records who came, which the Centre’s office sees, and what we agreed to do, which this group sees. Nothing is written about families.\n\nOur own notes are our own. This agreement and the record of who came are kept for six years after the last session.",
    ),
    (
        "Safeguarding, and contact between sessions",
        "Whoever is worried about a child or an adult follows their own employer’s safeguarding procedure at once, and does not wait for a session. In immediate danger we phone 999.\n\nBetween sessions the supervisor can be reached through the Centre’s office in working hours. Nobody watches Reverie out of hours.",
    ),
    (
        "Worries about practice",
        "A worry about somebody’s practice is first said to that person. If it remains, the supervisor speaks with the Centre’s clinical lead, and the person is told. Only where people may come to harm is the employer told, and then of that alone.",
    ),
    (
        "Feedback, measures and evaluation",
        "We tell each other what helps and what does not, and look back together at each review.\n\nThe Centre may ask for answers to short questions. Answering is a free choice, answers are shown only together with those of others, and anything beyond such totals is asked for separately.",
    ),
    (
        "Equality, and what each of us needs",
        "We notice difference, in this group and between us and families, and speak about it with respect. Each of us says what we need in order to take part fully, and we change what can be changed.",
    ),
    (
        "A private room, and no recording",
        "Online, each of us is alone in a room where nobody can see or hear, with headphones where needed, and leaves the camera on as a rule. Nobody records sound or picture, and no program that listens or writes along is used.",
    ),
    (
        "Registration and insurance",
        "Each of us keeps the registration that our profession requires, and is insured by our employer or ourselves. Whoever’s registration is limited or under investigation tells the supervisor.",
    ),
    (
        "Complaints, changing supervisor, and ending",
        "Whoever is unhappy with supervision says so to the supervisor or, if that is difficult, to the Centre’s coordinator or clinical lead. Anybody may ask for another supervisor or another group, without giving a reason.\n\nWhoever leaves says so at a session where possible, so that there is a goodbye. The last session of a series looks back at what we have learned.",
    ),
    (
        "What the Centre does with data about us",
        "The Centre holds our names, employers, groups, this agreement and our attendance, in order to provide supervision and to account for its grant. Employers see no content of supervision. The Department of Health and Social Care sees totals only. The privacy page says more, and how to see or correct what is held.",
    ),
    (
        "Review",
        "We look at this agreement together at the first session, after three months, and then at least once a year. The day of the next review stands beside this text. Any change is a new version, and everybody is asked again.",
    ),
];

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;

    fn terms() -> Terms<'static> {
        Terms {
            group: "Aire group",
            kind: GroupKind::Group,
            supervisor: "Dr Ruth A.",
            capacity: 6,
            mode: MeetingMode::Online,
            place: "",
            rhythm: Some(Rhythm {
                starts_on: NaiveDate::from_ymd_opt(2026, 10, 22).unwrap(),
                starts_time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
                length_minutes: 90,
                repeats: ::series::Rhythm::Weekly { every: 2 },
            }),
        }
    }

    #[test]
    fn the_text_has_sixteen_parts_with_headings_of_their_own() {
        let text = standard_text(&terms());
        let headings: std::collections::BTreeSet<_> = text.iter().map(|section| &section.heading).collect();
        assert_eq!((text.len(), headings.len()), (16, 16));
        assert!(text.iter().all(|section| !section.text.is_empty()));
        for (part, promise) in [
            (0, "with their employer"),
            (0, "names their line manager to the Centre"),
            (1, "The employer keeps responsibility for each family"),
            (3, "at least four of every six"),
            (3, "at least 24 hours ahead"),
            (4, "no names, addresses or dates of birth"),
            (5, "There are limits."),
            (6, "kept for six years"),
            (7, "own employer’s safeguarding procedure"),
        ] {
            assert!(text.get(part).unwrap().text.contains(promise), "{promise}");
        }
    }

    #[test]
    fn the_text_says_who_supervises_and_when_and_where_the_group_meets() {
        let text = standard_text(&terms());
        assert!(text[0].text.starts_with("This agreement is between Dr Ruth A., who supervises, and up to 6 supervisees in Aire group."));
        assert!(text[2].text.starts_with("Every second Thursday, 10:00 to 11:30, UK time, online, in the room"));
        let in_person = Terms { mode: MeetingMode::InPerson, place: "Shipley library", rhythm: None, ..terms() };
        assert!(standard_text(&in_person)[2].text.contains("in person: Shipley library."));
    }

    #[test]
    fn the_text_for_one_to_one_speaks_of_one() {
        let alone = Terms { kind: GroupKind::OneToOne, capacity: 1, ..terms() };
        assert!(standard_text(&alone)[0].text.contains("one supervisee in Aire group."));
        let named = Terms { group: "One-to-one supervision", ..alone };
        assert!(standard_text(&named)[0].text.contains("one supervisee in one-to-one supervision."));
    }
}

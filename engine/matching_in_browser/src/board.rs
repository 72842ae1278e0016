//! A board as the page of a round asks it: what it would do to move somebody, while they are in a coordinator's hand.

use std::collections::BTreeMap;

use matching::{Board, Destination, Effect, Instance, Naming, Proposal};
use wasm_bindgen::prelude::wasm_bindgen;

/// A board in somebody's hand.
#[wasm_bindgen]
#[derive(Debug)]
pub struct BoardInHand {
    board: Board,
    names: Names,
}

#[wasm_bindgen]
impl BoardInHand {
    /// Sets a board up from the file of a round and that of its groups as they are now; throws a sentence where it is none. The names are those of
    /// everybody of the round, and of what practitioners work with: first what the file calls somebody, then what people do, and so on.
    #[wasm_bindgen(constructor)]
    pub fn new(round: &str, groups: &str, names: Vec<String>) -> Result<Self, String> {
        let instance = Instance::read(round.as_bytes()).map_err(|error| error.to_string())?;
        let groups = Proposal::read(groups.as_bytes()).map_err(|error| error.to_string())?;
        let names = Names::of(&instance, names);
        Board::new(instance, &groups).map(|board| Self { board, names }).map_err(|error| error.to_string())
    }

    /// What the groups score.
    pub fn score(&self) -> i64 {
        self.board.score()
    }

    /// Everywhere that somebody could go, a line each, in four parts with a tab between them: `group-3`, `new` or `list`, as forms call it; what that
    /// does to the score; whether it is `free`, breaks a rule that may be broken with a `reason`, or is possible `never`; and the rules that it breaks,
    /// as sentences.
    pub fn ways(&self, practitioner: &str) -> Result<String, String> {
        let ways = self.board.ways(practitioner).map_err(|error| error.to_string())?;
        Ok(ways.iter().map(|(to, effect)| self.line(to, effect)).collect())
    }
}

impl BoardInHand {
    fn line(&self, to: &Destination, effect: &Effect) -> String {
        let place = match to {
            Destination::Group(number) => format!("group-{number}"),
            Destination::New { .. } => "new".to_owned(),
            Destination::List => "list".to_owned(),
        };
        let kind = if effect.breaks.is_empty() {
            "free"
        } else if effect.breaks.iter().all(|broken| broken.obstacle.may_be_broken()) {
            "reason"
        } else {
            "never"
        };
        format!("{place}\t{}\t{kind}\t{}\n", effect.score_change, self.board.broken_in_words(to, effect, &self.names).join(" "))
    }
}

/// What people call those of whom a file speaks.
#[derive(Debug)]
struct Names {
    of: BTreeMap<String, String>,
    works_with: BTreeMap<String, String>,
}

impl Names {
    fn of(instance: &Instance, names: Vec<String>) -> Self {
        let mut of = BTreeMap::new();
        let mut names = names.into_iter();
        while let (Some(id), Some(name)) = (names.next(), names.next()) {
            of.insert(id, name);
        }
        let works_with = instance.practitioners.iter().map(|one| (one.id.clone(), one.intervention.clone())).collect();
        Self { of, works_with }
    }
}

impl Naming for Names {
    fn who(&self, id: &str) -> String {
        self.of.get(id).cloned().unwrap_or_else(|| "Somebody".to_owned())
    }

    fn why_not_by_mode(&self, practitioner: &str, mode: &str) -> Option<String> {
        self.of.get(&format!("{practitioner} {mode}")).cloned()
    }

    fn work(&self, practitioner: &str) -> String {
        self.works_with.get(practitioner).and_then(|work| self.of.get(work)).cloned().unwrap_or_else(|| "this work".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUND: &str = r#"{"format": "supervision-matching/1",
        "rules": {"session_minutes": 90, "changeover_minutes": 15,
            "streams": {"pir": {"min": 2, "max": 3, "target_min": 2, "target_max": 3}},
            "weights": {"placed": 1000, "urgency": 5, "same_supervisor": 90, "preferred_time": 60, "open_group": 120,
                "below_target": 40, "above_target": 40, "same_authority": 50, "lone_novice": 40, "extra_intervention": 30, "load_step": 10}},
        "supervisors": [
            {"id": "s-ruth", "region": "London", "streams": ["pir"], "interventions": ["solihull"], "modes": ["online"], "max_groups": 1,
                "availability": [[0, 1, 540, 630]]},
            {"id": "s-tom", "region": "London", "streams": ["pir"], "interventions": ["nbo"], "modes": ["online"], "max_groups": 1,
                "availability": [[0, 3, 540, 630]]}],
        "practitioners": [
            {"id": "p-amina", "authority": "E1", "region": "London", "stream": "pir", "intervention": "solihull", "level": 2, "modes": ["online"],
                "urgency": 0, "availability": [[0, 1, 540, 630], [0, 3, 540, 630]]},
            {"id": "p-lena", "authority": "E2", "region": "London", "stream": "pir", "intervention": "solihull", "level": 2, "modes": ["online"],
                "urgency": 10, "availability": [[0, 1, 540, 630]]},
            {"id": "p-joy", "authority": "E3", "region": "London", "stream": "pir", "intervention": "solihull", "level": 2, "modes": ["online"],
                "urgency": 20, "availability": [[0, 1, 540, 630]]},
            {"id": "p-mia", "authority": "E4", "region": "London", "stream": "pir", "intervention": "solihull", "level": 2, "modes": ["online"],
                "urgency": 20, "availability": [[0, 1, 540, 630]]}],
        "conflicts": [["p-mia", "p-joy"]]}"#;

    const GROUPS: &str = r#"{"format": "supervision-matching-proposal/1", "groups": [
        {"supervisor": "s-ruth", "stream": "pir", "mode": "online", "week": 0, "day": 1, "start": 540, "members": ["p-joy", "p-lena"]},
        {"supervisor": "s-tom", "stream": "pir", "mode": "online", "week": 0, "day": 3, "start": 540, "members": ["p-amina"]}]}"#;

    fn board() -> BoardInHand {
        let names =
            ["p-amina", "Amina R.", "p-lena", "Lena T.", "p-joy", "Joy O.", "p-mia", "Mia K.", "s-ruth", "Ruth A.", "s-tom", "Tom B."];
        let names = names.into_iter().chain(["solihull", "Solihull Approach"]).map(str::to_owned).collect();
        BoardInHand::new(ROUND, GROUPS, names).unwrap()
    }

    #[test]
    fn whoever_is_in_hand_is_told_what_every_place_would_do_and_which_rules_it_would_break_by_name() {
        // Where she is now she is alone, with a supervisor who does not work with what she does.
        assert_eq!(board().ways("p-amina").unwrap(), "group-0\t160\tfree\t\nlist\t-840\tfree\t\n");
        let lena = board().ways("p-lena").unwrap();
        let too_few = "Group 1: One person too few.";
        let elsewhere = format!("{too_few} Tom B. does not work with Solihull Approach. Lena T. is not free then.");
        assert_eq!(lena, format!("list\t-1090\treason\t{too_few}\ngroup-1\t0\treason\t{elsewhere}\n"));
    }

    #[test]
    fn two_who_may_not_meet_never_do() {
        assert!(board().ways("p-mia").unwrap().contains("\tnever\tJoy O. and Mia K. may not be in one group.\n"));
    }

    #[test]
    fn a_supervisor_never_leads_whoever_they_manage() {
        let managed = ROUND.replace(r#"["p-mia", "p-joy"]"#, r#"["p-lena", "s-tom"]"#);
        let board =
            BoardInHand::new(&managed, GROUPS, vec!["p-lena".to_owned(), "Lena T.".to_owned(), "s-tom".to_owned(), "Tom B.".to_owned()])
                .unwrap();
        let ways = board.ways("p-lena").unwrap();
        let to_tom = ways.lines().find(|line| line.starts_with("group-1\t")).unwrap();
        assert!(to_tom.contains("\tnever\t") && to_tom.contains("Tom B. may not lead a group with Lena T. in it."), "{ways}");
    }

    #[test]
    fn what_is_no_round_or_nobody_of_it_is_refused_in_a_sentence() {
        assert!(BoardInHand::new("{}", GROUPS, Vec::new()).is_err());
        assert_eq!(board().ways("p-nobody").unwrap_err(), "\"p-nobody\" is not a practitioner of this round");
    }
}

//! Who should be supervised with whom, by whom and when: groups for one matching round, and a score that no groups can pass.
//!
//! Everything here is a pure decision. There is no I/O, no clock and no thread that the answer could depend on: the same round, seed and
//! number of steps give the same groups on the server and in the browser, on one thread or on many.
//!
//! # Words
//!
//! - A **round** is what the file `supervision-matching/1` holds: an [`Instance`]. A **proposal** is the answer.
//! - A **slot** is a supervisor, a start, a stream and a mode: a group that could be opened.
//! - A **plan** is groups with their members; an **arrangement** is a plan in the middle of being changed.
//! - A **part** is some of a round that is searched on its own.
//! - A **board** is a proposal in the hands of a coordinator, who may break rules for a while and is told which.
//! - A **price** is what a practitioner's place is taken to be worth while the bound is looked for.
//! - The **fit** of a group is how much of what its members asked for it gives; groups are **levelled** so that the weakest fits better.
//!
//! # Invariants
//!
//! - **Whatever is proposed keeps every hard rule.** Rules between two people and a slot are looked up before anybody is asked; rules
//!   between members are asked when somebody joins.
//! - **The bound is proven**, by the argument at the head of `bound`. What makes it quicker or lower may not make it unsound.
//! - **Whole numbers only.** No decision hangs on a float, on the order of a hash map or on how many threads there are.
//! - **Names and order of the file decide nothing**, see `problem`.
//!
//! # Example
//!
//! ```
//! use matching::{Instance, Matcher};
//!
//! let round = br#"{"format": "supervision-matching/1",
//!     "rules": {"session_minutes": 90, "changeover_minutes": 15,
//!         "streams": {"vig": {"min": 2, "max": 6, "target_min": 2, "target_max": 5}},
//!         "weights": {"placed": 1000, "urgency": 5, "same_supervisor": 90, "preferred_time": 60, "open_group": 120,
//!             "below_target": 40, "above_target": 40, "same_authority": 50, "lone_novice": 40, "extra_intervention": 30,
//!             "load_step": 10}},
//!     "supervisors": [{"id": "s1", "region": "London", "streams": ["vig"], "interventions": [], "modes": ["online"],
//!         "max_groups": 1, "availability": [[0, 1, 540, 720]]}],
//!     "practitioners": [
//!         {"id": "p1", "authority": "E09000007", "region": "London", "stream": "vig", "intervention": "vig", "level": 2,
//!             "modes": ["online"], "urgency": 0, "availability": [[0, 1, 570, 720]]},
//!         {"id": "p2", "authority": "E09000008", "region": "London", "stream": "vig", "intervention": "vig", "level": 3,
//!             "modes": ["online"], "urgency": 10, "availability": [[0, 1, 540, 675]]}],
//!     "conflicts": []}"#;
//!
//! let mut matcher = Matcher::new(&Instance::read(round).unwrap(), 1).unwrap();
//! matcher.step(10);
//!
//! assert_eq!(matcher.best().groups[0].start, 570);
//! assert_eq!(matcher.score(), 2 * 1000 + 50 - 120);
//! ```

mod matcher;

mod board;
mod changes;
mod rerun;

mod instance;
mod proposal;

mod json;
mod names;
mod order;

mod check;
mod company;
mod compile;
mod directory;

mod problem;

mod placeable;

mod schedule;

mod plan;

mod search;

mod arrangement;

mod ground;

mod bound;

mod levelling;

mod fit;

mod assignment;
mod ids;
mod random;
mod threads;

pub use assignment::assign;
pub use board::{
    Board, BoardError, Broken, Destination, Effect, Meeting, Miss, Naming, Obstacle, Place, Reason, Standing, Term, When, group_name,
    mode_in_words, people_in_words,
};
pub use changes::{Changes, changes};
pub use check::{InstanceError, InstanceProblem};
pub use company::{Flaw, Lack, Trait};
pub use fit::{Fit, rank_of_fit};
pub use instance::{Criteria, Criterion, INSTANCE_FORMAT, Instance, Practitioner, Rules, StreamRules, Supervisor, Weights, Window};
pub use matcher::{Levelled, Matcher};
pub use proposal::{PROPOSAL_FORMAT, Proposal, ProposalError, ProposedGroup};
pub use rerun::{Exclusion, Rerun, RerunError};

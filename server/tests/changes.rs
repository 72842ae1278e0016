//! Changing sessions, handing a group over and running a round again, through the real router and without scripts.

#[path = "support/demonstration.rs"]
mod demonstration;

use app::access::Role;
use axum::http::StatusCode;
use demonstration::World;

#[tokio::test]
async fn what_a_session_is_to_be_called_is_looked_at_and_saved_and_stands_in_no_address() {
    const SESSION: &str = "\
SELECT s.code
FROM session s
JOIN supervision_group g ON g.id = s.group_id AND g.supervisor_id = s.supervisor_id
JOIN person p ON p.id = g.supervisor_id AND p.email = 'supervisor@demonstration.example'
WHERE s.starts_at > datetime('now', '+2 days')
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at
LIMIT 1";
    let world = World::new().await;
    let (cookie, code) = (world.cookie(Role::Supervisor).await, world.words(SESSION).await.remove(0));
    let page = format!("/sessions/{code}/move");
    let title = "Letting go of the winter";
    let in_address = world.open(&cookie, &format!("{page}?which=this&title=Letting+go+of+the+winter")).await;
    assert_eq!((in_address.status, in_address.page.contains(title)), (StatusCode::OK, false), "an address says nothing of it");

    let asked = [("session", code.as_str()), ("which", "this"), ("title", title), ("was_title", "")];
    // As a hand left it in the calendar, with the day and the time in the address.
    let moved = format!("{page}?scope=this&starts_on=2199-01-04&starts_time=10:00&length_minutes=90");
    let shown = world.send(&cookie, &moved, "preview_details", &asked).await;
    assert!(shown.page.contains(&format!("Called “{title}”")), "{}", shown.page);
    assert!(shown.page.contains("value=\"2199-01-04\"") && shown.location.is_empty(), "{}", shown.page);
    let shown = world.send(&cookie, &page, "preview_details", &asked).await;
    assert_eq!((shown.status, shown.location.as_str()), (StatusCode::OK, ""));
    let (_, form) = shown.page.split_once("value=\"/api/change_details\"").unwrap();
    let seen = form.split_once("name=\"form[seen]\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();

    let too_long = "a".repeat(201);
    let refused =
        world.send(&cookie, &page, "preview_details", &[("session", code.as_str()), ("which", "this"), ("title", too_long.as_str())]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Shorten this to 200 characters.") && refused.page.contains(&too_long), "what was typed stays");
    // What was not seen is not saved, and what was typed is shown with what it comes to now.
    let unseen = [asked.as_slice(), &[("seen", "0123456789abcdef")]].concat();
    let refused = world.send(&cookie, &page, "change_details", &unseen).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.page.contains(&format!("Called “{title}”")), "{}", refused.page);

    let saved = world.send(&cookie, &page, "change_details", &[asked.as_slice(), &[("seen", seen.as_str())]].concat()).await;
    assert_eq!((saved.status, saved.location), (StatusCode::SEE_OTHER, format!("/sessions/{code}")));
    assert!(world.open(&cookie, &format!("/sessions/{code}")).await.page.contains(title));
}

#[tokio::test]
async fn a_group_is_handed_over_without_a_date_that_the_new_supervisor_cannot_once_that_was_seen() {
    const LED: &str = "\
SELECT s.code || ' ' || date(s.starts_local)
FROM session s
JOIN supervision_group g ON g.id = s.group_id AND g.supervisor_id = s.supervisor_id
WHERE g.slug = 'aire'
    AND s.starts_at > datetime('now')
    AND s.cancelled_at IS NULL
ORDER BY s.starts_at";
    const AWAY: &str = "\
INSERT INTO leave (id, person_id, starts_on, ends_on, kind)
SELECT randomblob(16), id, $2, $2, 'training'
FROM person
WHERE code = $1";
    const SUPERVISORS: &str = "\
SELECT p.code
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.standing = 'registered'
    AND p.email <> 'supervisor@demonstration.example'
    AND NOT EXISTS (SELECT 1 FROM membership m JOIN supervision_group g ON g.id = m.group_id AND g.slug = 'aire' WHERE m.person_id = p.id)
ORDER BY p.code
LIMIT 12";
    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    let led = world.words(LED).await;
    assert!(led.len() > 2, "{led:?}");
    // The very next one may begin while this is going on.
    let (first, day) = led.get(1).unwrap().split_once(' ').unwrap();
    let version = world.words("SELECT CAST(version AS TEXT) FROM supervision_group WHERE slug = 'aire'").await.remove(0);
    let from =
        world.words("SELECT p.code FROM supervision_group g JOIN person p ON p.id = g.supervisor_id WHERE g.slug = 'aire'").await.remove(0);
    let facts = world.words("SELECT kind || ' ' || capacity FROM supervision_group WHERE slug = 'aire'").await.remove(0);
    let (kind, capacity) = facts.split_once(' ').unwrap();
    let mut handed_over = false;
    for to in world.words(SUPERVISORS).await {
        sqlx::query(AWAY).bind(&to).bind(day).execute(&world.pool).await.unwrap();
        let form = [
            ("slug", "aire"),
            ("version", version.as_str()),
            ("name", "Aire"),
            ("kind", kind),
            ("supervisor", to.as_str()),
            ("capacity", capacity),
            ("mode", "online"),
            ("room_url", "https://meet.example.org/aire"),
            ("reason", "agreed"),
        ];
        let asked = world.send(&cookie, "/groups/aire/change", "change_group", &form).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{to} is away on {day}: {}", asked.page);
        // Whoever can lead none of them, or is supervised by whom this would have them supervise, is refused whole.
        let Some((_, tick)) = asked.page.split_once("name=\"form[stays][]\" value=\"") else { continue };
        assert!(
            asked.page.contains(&format!("/sessions/{first}")) && asked.page.contains(&format!("href=\"/cover/{from}\"")),
            "{}",
            asked.page
        );
        assert!(!tick.split('>').next().unwrap().contains("checked"), "nothing is ticked for anybody");
        let seen = tick.split('"').next().unwrap();
        let done = world.send(&cookie, "/groups/aire/change", "change_group", &[form.as_slice(), &[("stays[]", seen)]].concat()).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, format!("/cover/{from}").as_str()));
        let cover = world.open(&cookie, &done.location).await.page;
        assert!(cover.contains("It stayed when the group was handed over") && cover.contains(&format!("/sessions/{first}")), "{cover}");
        handed_over = true;
        break;
    }
    assert!(handed_over, "nobody could take over a part of it");
}

#[tokio::test]
async fn the_weakest_group_goes_first_where_a_round_is_started_or_run_again_with_the_switch_on() {
    const SWITCH: &str = "name=\"form[weakest_first][]\" value=\"yes\"";
    const ON: [(&str, &str); 2] = [("weakest_first[]", "no"), ("weakest_first[]", "yes")];

    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    let is_on = |page: &str| {
        let (_, switch) = page.split_once(SWITCH).unwrap();
        switch.split('>').next().unwrap().contains("checked")
    };
    let page = "/matching/1/again";
    let shown = world.open(&cookie, page).await.page;
    assert!(!is_on(&shown));
    let change = shown.split("name=\"form[change]\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    // Nothing of what was chosen is lost where something else is refused.
    let nobody = [("change", change), ("stay", "nobody")];
    let refused = world.send(&cookie, page, "run_round_again", &[nobody.as_slice(), &ON].concat()).await;
    assert_eq!((refused.status, is_on(&refused.page)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{}", refused.page);
    let again = [("change", change), ("stay", "everybody")];
    let run = world.send(&cookie, page, "run_round_again", &[again.as_slice(), &ON].concat()).await;
    assert_eq!((run.status, run.location.as_str()), (StatusCode::SEE_OTHER, "/matching/3"), "{}", run.page);

    let new = "/matching/new";
    let dates = [("starts_on", "2027-01-04"), ("ends_on", "2027-06-27"), ("also_placed", "yes")];
    let started = world.send(&cookie, new, "start_round", &[dates.as_slice(), &ON].concat()).await;
    assert_eq!((started.status, started.location.as_str()), (StatusCode::SEE_OTHER, "/matching/4"), "{}", started.page);
    let off = world.send(&cookie, new, "start_round", &[dates.as_slice(), &ON[..1]].concat()).await;
    assert_eq!((off.status, off.location.as_str()), (StatusCode::SEE_OTHER, "/matching/5"), "{}", off.page);
    for (round, first) in
        [(1, "All groups together: "), (3, "The weakest group: "), (4, "The weakest group: "), (5, "All groups together: ")]
    {
        let rules = world.open(&cookie, &format!("/matching/{round}/rules")).await.page;
        assert!(rules.contains(first), "{rules}");
    }
}

#[tokio::test]
async fn a_round_is_run_again_with_those_who_were_named_and_with_nobody_of_whom_nobody_has_read() {
    const LEVELS: &str = "UPDATE registration SET competence = 'two' WHERE competence = 'unknown'";
    const TAKEN_IN: &str = "\
SELECT p.code
FROM round_person r
JOIN person p ON p.id = r.person_id
JOIN matching_round first ON first.number = 1
JOIN round_person was ON was.round_id = first.id AND was.person_id = r.person_id AND was.part = r.part
WHERE r.round_id = (SELECT id FROM matching_round ORDER BY number DESC LIMIT 1)
    AND was.obstacles <> '[]'
    AND r.obstacles = '[]'";
    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    // Some did not know their level when the round was asked.
    sqlx::query(LEVELS).execute(&world.pool).await.unwrap();
    let page = "/matching/1/again";
    let shown = world.open(&cookie, page).await.page;
    assert!(shown.contains("name=\"form[take_in][]\" value=\"yes\""), "{shown}");
    let values = |name: &str| -> Vec<String> {
        let mark = format!("name=\"{name}\" value=\"");
        shown.split(mark.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let (change, codes) = (values("form[change]").remove(0), values("form[take_in_whom][]"));
    let named = codes.first().unwrap();

    let unticked = [("change", change.as_str()), ("stay", "everybody"), ("take_in_whom[]", named.as_str())];
    let run = world.send(&cookie, page, "run_round_again", &unticked).await;
    assert_eq!((run.status, run.location.as_str()), (StatusCode::SEE_OTHER, "/matching/3"), "{}", run.page);
    assert_eq!(world.words(TAKEN_IN).await, Vec::<String>::new());
    let ticked = [unticked.as_slice(), &[("take_in[]", "yes")]].concat();
    let run = world.send(&cookie, page, "run_round_again", &ticked).await;
    assert_eq!((run.status, run.location.as_str()), (StatusCode::SEE_OTHER, "/matching/4"), "{}", run.page);
    assert_eq!(world.words(TAKEN_IN).await, [named.as_str()]);
}

#[tokio::test]
async fn the_limits_of_a_round_are_looked_at_before_it_is_started_and_what_was_typed_stays_where_one_is_none() {
    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    let page = "/matching/new";
    let wrong = "limits_shown=yes&needs_met%5B%5D=captions-online&needs_met%5B%5D=wings-online&most_places=-3&most_share=lots";
    let shown = world.open(&cookie, &format!("{page}?{wrong}")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let said = ["Choose of the needs that are listed.", "Use a whole number from 1 to 999, or leave", "Use a whole number from 1 to 200."];
    for words in said.into_iter().chain(["value=\"-3\"", "value=\"lots\"", "Who would take part"]) {
        assert!(shown.page.contains(words), "{words}: {}", shown.page);
    }
    assert!(!shown.page.contains(">Start the round<"), "nothing is started with what is none");

    let dates = [("starts_on", "2199-01-07"), ("ends_on", "2199-06-30"), ("limits_shown", "yes"), ("name", "Typed by hand")];
    let wrong = [("needs_met[]", "wings-online"), ("most_places", "six"), ("most_share", "-1")];
    let refused = world.send(&cookie, page, "start_round", &[dates.as_slice(), &wrong].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in said.into_iter().chain(["Typed by hand"]) {
        assert!(refused.page.contains(words), "{words}: {}", refused.page);
    }
}

#[tokio::test]
async fn a_round_is_run_again_with_other_limits_which_its_rules_say() {
    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    let page = "/matching/1/again";
    let shown = world.open(&cookie, page).await.page;
    let change = shown.split_once("name=\"form[change]\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let form = [("change", change.as_str()), ("stay", "pinned"), ("limits_shown", "yes")];
    let wrong = [("needs_met[]", "step_free-in_person"), ("needs_met[]", "wings"), ("most_places", "-1"), ("most_share", "much")];
    let refused = world.send(&cookie, page, "run_round_again", &[form.as_slice(), &wrong].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Choose of the needs that are listed.", "or leave it empty for no limit", "value=\"-1\"", "value=\"much\""] {
        assert!(refused.page.contains(words), "{words}: {}", refused.page);
    }
    let right = [("needs_met[]", "step_free-in_person"), ("most_places", "2"), ("most_share", "80")];
    let run = world.send(&cookie, page, "run_round_again", &[form.as_slice(), &right].concat()).await;
    assert_eq!(run.status, StatusCode::SEE_OTHER, "{}", run.page);
    let rules = world.open(&cookie, &format!("{}/rules", run.location)).await.page;
    for words in ["Step-free access, in person", "2 at most", "80% at most"] {
        assert!(rules.contains(words), "{words}: {rules}");
    }
    let round = world.open(&cookie, &run.location).await.page;
    assert!(round.contains("and one authority has 2 places at most."), "{round}");
}

#[tokio::test]
async fn what_somebody_needs_is_ticked_of_a_list_and_what_they_wrote_stays_where_it_is_not_on_it() {
    let world = World::new().await;
    let cookie = world.cookie(Role::Practitioner).await;
    let page = "/me/registration/needs";
    let words = ("access_needs", "A quiet corner");
    let refused = world.send(&cookie, page, "answer_step", &[("step", "needs"), ("needs[]", "wings"), words]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Choose of those that are listed") && refused.page.contains("A quiet corner"), "{}", refused.page);
    let saved = world.send(&cookie, page, "answer_step", &[("step", "needs"), ("needs[]", "step_free"), words]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page);
    let own = world.open(&cookie, "/me/registration").await.page;
    assert!(own.contains("Step-free access; A quiet corner"), "{own}");
}

#[tokio::test]
async fn a_place_beside_the_supervisor_of_a_group_is_left_empty_by_a_form_of_its_page_and_of_two_one_is_told() {
    let world = World::new().await;
    let cookie = world.cookie(Role::Coordinator).await;
    let board = world.open(&cookie, "/matching/1").await.page;
    let card = board.split("<article").find(|card| card.contains("Co-supervisor: <a")).unwrap();
    let group = card.split_once("/matching/1?group=").unwrap().1.split('#').next().unwrap();
    let page = format!("/matching/1?group={group}");
    let shown = world.open(&cookie, &page).await.page;
    assert!(shown.contains("Free then, and in this work.") && shown.contains("Leads this group."), "{shown}");
    let (_, form) = shown.split_once("value=\"/api/choose_beside\"").unwrap();
    let value = |name: &str| form.split_once(&format!("name=\"form[{name}]\" value=\"")).unwrap().1.split('"').next().unwrap();
    let nobody =
        [("number", value("number")), ("seen", value("seen")), ("group", value("group")), ("role", "co_supervisor"), ("co_supervisor", "")];
    let kept = world.send(&cookie, &page, "choose_beside", &nobody).await;
    assert_eq!((kept.status, kept.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()), "{}", kept.page);
    assert!(world.open(&cookie, &page).await.page.contains("Left empty by hand."));
    let late = world.send(&cookie, &page, "choose_beside", &nobody).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("Somebody changed this board a moment ago"), "{}", late.page);
}

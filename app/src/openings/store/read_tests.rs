//! What the two read who have opened something, on both databases.

use super::tests::{Leads, answered, asked, request, written_without_a_name};
use super::*;
use crate::access::{Actor, Role};
use crate::database::fixture::both_databases;
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::groups::fixture::{group, slug_of};
use crate::moderation::store::{case_shown, decide, open_case, queue_of, report_post};
use crate::moderation::{DecisionForm, Outcome, ReportForm};
use crate::people::fixture::{code_of, person};
use crate::spaces::fixture::{ask_in, draw_for, opened, start, words};
use crate::spaces::store::{answer_poll, change_post, file_content, reply, withdraw_post};
use crate::spaces::{FileKind, HiddenAs, Reason};

/// Has a post of a first thread reported by one, about somebody or about nobody, and hidden by another.
async fn hide(reporter: &Actor, moderator: &Actor, slug: &str, (number, about): (i64, &str)) {
    let form = ReportForm { reason: "unkind".to_owned(), about: about.to_owned(), ..ReportForm::default() };
    report_post(reporter, &opened(reporter, slug, 1).await.unwrap(), number, &form.check().unwrap()).await.unwrap();
    let code = queue_of(moderator, false).await.unwrap().lines.remove(0).code;
    let case = open_case(moderator, &code).await.unwrap();
    let version = case_shown(moderator, &case).await.unwrap().version.to_string();
    let form = DecisionForm { version, outcome: "hide".to_owned(), reason: "unkind".to_owned(), ..DecisionForm::default() };
    decide(moderator, &case, &form.check(&Outcome::OF_REPORTS).unwrap()).await.unwrap();
}

both_databases! {
    async fn what_is_hidden_is_read_with_why_and_files_and_polls_and_what_was_said_before_with_it(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor]).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        let (supervisor, member) = (fixture.actor(ruth, &[Role::Supervisor]), fixture.actor(tom, &[Role::Practitioner]));
        let writer = fixture.actor(amina, &[Role::Practitioner]);
        let id = group(fixture, ruth, &[amina, tom], GroupKind::Group).await;
        let (name, slug) = (slug_of(fixture, id).await, format!("group-{}", slug_of(fixture, id).await));
        let file = draw_for(fixture, &writer, &slug).await;
        let at_first = format!("What @{} and I said at first.", code_of(fixture, tom).await);
        start(&writer, &slug, "After Tuesday", &at_first).await.unwrap();
        let thread = opened(&writer, &slug, 1).await.unwrap();
        change_post(&writer, &thread, (1, 1), &words("I did not say what I saw.")).await.unwrap();
        ask_in(&writer, &slug, 1).await;
        answer_poll(&member, &thread, &[2]).await.unwrap();
        for said in ["I did.", "Not this."] {
            reply(&writer, &thread, None, &words(said)).await.unwrap();
        }
        withdraw_post(&writer, &opened(&writer, &slug, 1).await.unwrap(), 3).await.unwrap();
        hide(&member, &supervisor, &slug, (1, "")).await;

        let code = asked(&leads.moira(fixture, 0), request("space", &name)).await.unwrap();
        assert_eq!(super::file(&leads.moira(fixture, 0), &code, &file).await, Err(AppError::NotFound), "nothing is open yet");
        answered(&leads.hannah(fixture, 0), &code, "agree", "now").await.unwrap();
        let seen = read(&leads.hannah(fixture, 1), &code, "").await.unwrap();
        let [first, second, third] = seen.posts.as_slice() else { panic!("{seen:#?}") };
        assert_eq!((first.title.as_str(), first.html.as_str()), ("After Tuesday", "<p>I did not say what I saw.</p>\n"));
        assert_eq!((first.hidden, first.reason, second.hidden, second.title.as_str()), (Some(HiddenAs::Hidden), Some(Reason::Unkind), None, "After Tuesday"));
        assert!(third.is_withdrawn && third.html.is_empty() && third.hidden.is_none());
        assert_eq!(first.files.iter().map(|file| file.code.as_str()).collect::<Vec<_>>(), [file.as_str()]);
        let poll = first.poll.as_ref().unwrap();
        assert_eq!((poll.people, poll.options[1].chosen, poll.is_answered(), second.poll.is_none()), (1, 1, false, true));
        let before: Vec<&str> = first.before.iter().map(|(_, html)| html.as_str()).collect();
        assert_eq!(before, ["<p>What <span class=\"meant\">Tom B.</span> and I said at first.</p>\n"]);
        assert!(second.before.is_empty() && third.before.is_empty());

        assert_eq!(super::file(&leads.moira(fixture, 1), &code, &file).await, Ok((FileKind::Png, b"a drawing".to_vec())));
        assert_eq!(opening(&leads.hannah(fixture, 1), &code).await.unwrap().looks.len(), 2, "who fetches a file has looked");
        for (reader, moment) in [(leads.both(fixture), "another"), (supervisor, "its supervisor"), (leads.hannah(fixture, 4), "too late")] {
            assert_eq!(super::file(&reader, &code, &file).await, Err(AppError::NotFound), "{moment}");
        }
        assert_eq!(file_content(&leads.hannah(fixture, 1), &file).await, Err(AppError::NotFound), "nothing else opens by it");
    }

    async fn of_a_post_without_a_name_its_own_files_are_there_and_no_others(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let writer = written_without_a_name(fixture, amina).await;
        let other = draw_for(fixture, &writer, "all").await;
        start(&writer, "all", "Another", "With this.").await.unwrap();
        ask_in(&writer, "all", 1).await;
        let tom = fixture.actor(person(fixture, "Tom", "Bell", &[Role::Practitioner]).await, &[Role::Practitioner]);
        let sian = fixture.actor(person(fixture, "Sian", "Lloyd", &[Role::Coordinator]).await, &[Role::Coordinator]);
        hide(&tom, &sian, "all", (1, "")).await;

        let code = asked(&leads.hannah(fixture, 0), request("author", "/community/all/1#p1")).await.unwrap();
        answered(&leads.moira(fixture, 0), &code, "agree", "now").await.unwrap();
        let seen = read(&leads.hannah(fixture, 1), &code, "").await.unwrap().posts.remove(0);
        assert_eq!((seen.html.as_str(), seen.reason), ("<p>I cried in the car.</p>\n", Some(Reason::Unkind)));
        assert!(seen.files.is_empty() && seen.poll.is_some() && seen.title == "After a visit");
        assert_eq!(file(&leads.moira(fixture, 1), &code, &other).await, Err(AppError::NotFound));
    }

    async fn whom_a_report_is_about_does_not_read_why_a_post_was_hidden(fixture: Fixture) {
        let leads = Leads::of(fixture).await;
        let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
        let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
        // The clinical lead supervises the group, and the report is about her.
        let id = group(fixture, leads.hannah, &[amina, tom], GroupKind::Group).await;
        let (name, slug) = (slug_of(fixture, id).await, format!("group-{}", slug_of(fixture, id).await));
        let (writer, member) = (fixture.actor(amina, &[Role::Practitioner]), fixture.actor(tom, &[Role::Practitioner]));
        start(&writer, &slug, "After Tuesday", "First words").await.unwrap();
        hide(&member, &leads.both(fixture), &slug, (1, &code_of(fixture, leads.hannah).await)).await;
        let code = asked(&leads.moira(fixture, 0), request("space", &name)).await.unwrap();
        answered(&leads.hannah(fixture, 0), &code, "agree", "now").await.unwrap();
        let reason = async |reader: &Actor| {
            let post = read(reader, &code, "").await.unwrap().posts.remove(0);
            (post.hidden, post.reason)
        };
        assert_eq!(reason(&leads.moira(fixture, 1)).await, (Some(HiddenAs::Hidden), Some(Reason::Unkind)));
        assert_eq!(reason(&leads.hannah(fixture, 1)).await, (Some(HiddenAs::Hidden), None));
    }
}

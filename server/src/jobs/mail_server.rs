//! A mail server of a few lines, and messages that travel to it over a real connection: refused, cut off, and taken in the end.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use app::access::{Premises, System, system};
use app::database::{Clock, Database, new_id};
use app::messages::jobs::{Attempt, Outcome, send_next};
use app::messages::{Leads, NewMessage, queue};
use app::people::PersonId;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::mail::Post;
use crate::config::Config;

/// What the mail server does with a message.
enum Manner {
    Refuses(&'static str),
    HangsUp,
    Takes,
}

#[derive(Clone)]
struct MailServer {
    address: SocketAddr,
    manners: Arc<Mutex<VecDeque<Manner>>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    async fn that(manners: impl Into<VecDeque<Manner>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), manners: Arc::new(Mutex::new(manners.into())), taken: Arc::default() };
        let listening = server.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(listening.clone().talk_to(caller));
            }
        });
        server
    }

    async fn talk_to(self, caller: TcpStream) {
        let (read, mut write) = caller.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 mail.example\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-mail.example\r\n250 8BITMIME",
                "RCPT" => match self.manners.lock().unwrap().pop_front() {
                    Some(Manner::Refuses(answer)) => answer,
                    Some(Manner::HangsUp) => return,
                    Some(Manner::Takes) | None => "250 ok",
                },
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    let mut letter = String::new();
                    while let Ok(Some(line)) = lines.next_line().await
                        && line != "."
                    {
                        letter.push_str(&line);
                        letter.push('\n');
                    }
                    self.taken.lock().unwrap().push(letter);
                    "250 taken"
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            // Whoever has hung up needs no answer.
            let _said = write.write_all(format!("{answer}\r\n").as_bytes()).await;
        }
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

fn moment() -> DateTime<Utc> {
    "2026-10-22T08:50:00Z".parse().unwrap()
}

/// A database with one message that waits.
async fn outbox() -> Database {
    const PERSON: &str = "\
INSERT INTO person (id, code, title, given_name, family_name, given_key, family_key, email, profession, standing, created_at, version)
VALUES ($1, 'abcdefgh', '', 'Amina', 'Rahman', 'amina', 'rahman', 'amina@people.example', '', 'registered', $2, 1)";
    // One connection, since each connection to memory is a database of its own; it must never be let go.
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = pool.connect("sqlite::memory:").await.unwrap();
    let database = Database::Sqlite(pool.clone());
    database.migrate().await.unwrap();
    let amina = PersonId(new_id());
    sqlx::query(PERSON).bind(amina).bind(moment()).execute(&pool).await.unwrap();
    let mut transaction = database.begin().await.unwrap();
    let message = NewMessage {
        to: amina,
        leads: Leads::AsWritten,
        subject: "Your session on Thursday 5 November has moved".to_owned(),
        body: "Dear Amina,\n\nit is at 11:00.\n.\nSee you there.\n".to_owned(),
    };
    queue(&mut transaction, &message, moment()).await.unwrap();
    transaction.commit().await.unwrap();
    database
}

/// The outbox as it is looked at some minutes later.
fn later(database: &Database, minutes: i64) -> System {
    let premises = Premises {
        database: database.clone(),
        clock: Clock::Fixed(moment() + TimeDelta::minutes(minutes)),
        is_demonstration: false,
        origin: "https://reverie.example".into(),
    };
    system(&premises, "a test")
}

async fn try_to_send(database: &Database, post: &Post, minutes: i64) -> Option<Attempt> {
    send_next(&later(database, minutes), |message| post.clone().send(message)).await.unwrap()
}

fn post_by(address: SocketAddr) -> Post {
    Post::of(&Config { smtp_url: format!("smtp://{address}"), ..Config::default() })
}

#[tokio::test]
async fn a_message_that_a_mail_server_refuses_or_drops_is_tried_again_and_arrives_once_and_whole() {
    let server = MailServer::that([Manner::Refuses("451 4.7.1 <amina@people.example> try later"), Manner::HangsUp, Manner::Takes]).await;
    let (database, post) = (outbox().await, post_by(server.address));

    let refused = try_to_send(&database, &post, 0).await.unwrap();
    assert_eq!((refused.number, refused.outcome), (1, Outcome::PutOff));
    let reason = refused.reason.unwrap().to_string();
    assert_eq!(reason, "the mail server refused it (code 451)", "the server's own words may repeat the address");
    assert!(try_to_send(&database, &post, 0).await.is_none(), "it rests before it is tried again");

    let dropped = try_to_send(&database, &post, 1).await.unwrap();
    assert_eq!((dropped.number, dropped.outcome), (2, Outcome::PutOff));
    assert!(server.taken().is_empty());

    let sent = try_to_send(&database, &post, 6).await.unwrap();
    assert_eq!((sent.number, sent.outcome), (3, Outcome::Sent));
    assert!(try_to_send(&database, &post, 600).await.is_none(), "what has left does not leave again");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for line in ["To: amina@people.example", "From: Reverie <no-reply@reverie.example>", "Auto-Submitted: auto-generated", "See you there."]
    {
        assert!(taken[0].lines().any(|found| found == line), "{line} is not in\n{}", taken[0]);
    }
    assert!(taken[0].contains("Subject: Your session on Thursday 5 November has moved"), "{}", taken[0]);
}

#[tokio::test]
async fn a_message_waits_for_a_mail_server_that_is_not_there() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (database, post) = (outbox().await, post_by(free));
    let attempt = try_to_send(&database, &post, 0).await.unwrap();
    assert_eq!(attempt.outcome, Outcome::PutOff);
    assert_eq!(attempt.reason.unwrap().to_string(), "the mail server could not be reached");
}

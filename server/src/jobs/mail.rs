//! How messages leave: over SMTP, or as files where no mail server is set.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use app::access::{Premises, system};
use app::messages::Outgoing;
use app::messages::jobs::{Attempt, NotSent, Outcome, send_next};
use calendar_files::{Method, addressed, method_of};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, MultiPartKind, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, smtp_builder};

/// How often the outbox is looked at without being told: a message may be due again, or another process may have died.
const EVERY: Duration = Duration::from_secs(5);
/// How long a mail server may take for one message. Less than the first rest of a message, so that nobody else takes it meanwhile.
const LONGEST_SENDING: Duration = Duration::from_secs(40);

/// The way by which messages leave.
#[derive(Clone, Debug)]
pub struct Post {
    from: Option<Mailbox>,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

impl Post {
    /// As the settings say. A demonstration sends nothing, even where a mail server is set.
    pub fn of(config: &Config) -> Self {
        let smtp = smtp_builder(&config.smtp_url).filter(|_| !config.demonstration);
        let way = smtp.map_or_else(
            || Way::Files(config.data.join("mail")),
            |builder| Way::Smtp(builder.timeout(Some(Duration::from_secs(10))).build()),
        );
        Self { from: config.mail_from.parse().ok(), way }
    }

    pub(super) async fn send(self, outgoing: Outgoing) -> Result<(), NotSent> {
        let letter = self.letter(&outgoing)?;
        match self.way {
            Way::Smtp(transport) => match tokio::time::timeout(LONGEST_SENDING, transport.send(letter)).await {
                Ok(answer) => answer.map(|_| ()).map_err(|error| NotSent::ForNow(why(&error))),
                Err(_) => Err(NotSent::ForNow("the mail server took too long".to_owned())),
            },
            Way::Files(folder) => {
                let name = format!("{}-{}.eml", outgoing.created_at.format("%Y%m%dT%H%M%S"), outgoing.id);
                let written = tokio::task::spawn_blocking(move || write_whole(&folder, &name, &letter.formatted())).await;
                let kind = match written {
                    Ok(Ok(())) => return Ok(()),
                    Ok(Err(error)) => error.kind().to_string(),
                    Err(_) => "the writer stopped".to_owned(),
                };
                Err(NotSent::ForNow(format!("the file could not be written ({kind})")))
            }
        }
    }

    /// The message as it travels. Every attempt gives the same bytes, so that whoever receives two can tell.
    fn letter(&self, outgoing: &Outgoing) -> Result<Message, NotSent> {
        let unfit = |what: &str| NotSent::ForGood(format!("{what} cannot stand in a message"));
        let from = self.from.clone().ok_or_else(|| unfit("the sender in `mail_from`"))?;
        let identity = format!("<{}@{}>", outgoing.id, from.email.domain());
        let message = Message::builder()
            .from(from.clone())
            .to(outgoing.address.parse().map_err(|_| unfit("its address"))?)
            .subject(outgoing.subject.clone())
            .date(SystemTime::from(outgoing.created_at))
            .message_id(Some(identity))
            .header(WrittenByProgram);
        let message = match &outgoing.stops_at {
            None => message,
            Some(address) => message.header(StopsAt(address.clone())).header(StopsAtOnce),
        };
        let letter = match &outgoing.calendar {
            None => message.header(ContentType::TEXT_PLAIN).body(outgoing.body.clone()),
            Some(calendar) => message.multipart(with_invitation(outgoing, &addressed(calendar, from.email.as_ref(), &outgoing.address))),
        };
        letter.map_err(|_| unfit("its text"))
    }
}

/// The text, the invitation as another way to say it, which calendars look for, and the same as a file for whoever keeps one by hand.
fn with_invitation(outgoing: &Outgoing, invitation: &str) -> MultiPart {
    let method = method_of(invitation).map_or("PUBLISH", Method::word);
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).unwrap_or(ContentType::TEXT_PLAIN);
    let calendar = SinglePart::builder().header(kind.clone()).body(invitation.to_owned());
    let file = Attachment::new("invitation.ics".to_owned()).body(invitation.to_owned(), kind);
    let parts = |which, kind| MultiPart::builder().kind(kind).boundary(format!("{which}-{}", outgoing.id.simple()));
    let words = parts("words", MultiPartKind::Alternative).singlepart(SinglePart::plain(outgoing.body.clone())).singlepart(calendar);
    parts("whole", MultiPartKind::Mixed).multipart(words).singlepart(file)
}

/// Why a mail server did not take a message: the kind and the code alone, because its own words may repeat the address.
fn why(error: &lettre::transport::smtp::Error) -> String {
    let code = error.status().map(|code| format!(" (code {code})")).unwrap_or_default();
    let what = if error.is_timeout() {
        "the mail server took too long"
    } else if error.is_tls() {
        "no safe connection to the mail server could be made"
    } else if error.is_permanent() || error.is_transient() {
        "the mail server refused it"
    } else {
        "the mail server could not be reached"
    };
    format!("{what}{code}")
}

/// `Auto-Submitted: auto-generated` (RFC 3834), which keeps absence notes from answering.
#[derive(Clone, Copy, Debug)]
struct WrittenByProgram;

impl Header for WrittenByProgram {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// `List-Unsubscribe` (RFC 2369): where what the message is one of is stopped.
#[derive(Clone, Debug)]
struct StopsAt(String);

impl Header for StopsAt {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(address: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(address.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // An address is one word of letters that every mail server takes; encoded, it would lead nowhere.
        let address = format!("<{}>", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), address.clone(), address)
    }
}

/// `List-Unsubscribe-Post` (RFC 8058): it is stopped at once when that address is posted to, which programs of mail offer as a button.
#[derive(Clone, Copy, Debug)]
struct StopsAtOnce;

impl Header for StopsAtOnce {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Writes a file that is whole as soon as it is seen, and that only the user of the server can read.
fn write_whole(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(unfinished, folder.join(name))
}

/// Sends what is due, whenever something may have changed and every few seconds, until it is told to stop.
pub async fn send_messages(premises: Premises, post: Post, changed: Arc<Notify>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        send_due(&premises, &post, &stop).await;
        tokio::select! {
            () = stop.cancelled() => {}
            () = changed.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Sends until nothing is due. After a failure the mail server is left alone until the next round.
async fn send_due(premises: &Premises, post: &Post, stop: &CancellationToken) {
    let system = system(premises, "messages leave when they are due");
    while !stop.is_cancelled() {
        // A failure of the database has been logged where it happened.
        let Ok(Some(attempt)) = send_next(&system, |message| post.clone().send(message)).await else { return };
        report(&attempt);
        if attempt.outcome == Outcome::PutOff {
            return;
        }
    }
}

fn report(attempt: &Attempt) {
    let Attempt { message, number, outcome, reason } = attempt;
    let reason = reason.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = match outcome {
        Outcome::Sent => "sent",
        Outcome::PutOff => "put_off",
        Outcome::GivenUp => "given_up",
    };
    metrics::counter!("reverie_messages_total", "outcome" => name).increment(1);
    match outcome {
        Outcome::Sent => tracing::info!(message.id = %message, attempt = number, "A message has left."),
        Outcome::PutOff => {
            tracing::warn!(message.id = %message, attempt = number, reason, "A message did not leave; it will be tried again.");
        }
        Outcome::GivenUp => {
            tracing::error!(message.id = %message, attempt = number, reason, "A message did not leave and will not be tried again.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing() -> Outgoing {
        Outgoing {
            id: "0198c3a0-0000-7000-8000-000000000001".parse().unwrap(),
            address: "amina@people.example".to_owned(),
            subject: "Your session on Thursday 22 October – Gruppe Zürich".to_owned(),
            body: "Dear Zoë,\n\nplease open https://reverie.example/sign-in/invitation/abc\n".to_owned(),
            calendar: None,
            stops_at: None,
            created_at: "2026-10-22T08:50:00Z".parse().unwrap(),
            attempts: 1,
        }
    }

    fn files(folder: &Path) -> Post {
        Post::of(&Config { data: folder.to_owned(), ..Config::default() })
    }

    #[tokio::test]
    async fn without_a_mail_server_a_message_becomes_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        files(folder.path()).send(outgoing()).await.unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["20261022T085000-0198c3a0-0000-7000-8000-000000000001.eml"]);
        let text = std::fs::read_to_string(folder.path().join("mail").join(&names[0])).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        for line in [
            "From: Reverie <no-reply@reverie.example>",
            "To: amina@people.example",
            "Date: Thu, 22 Oct 2026 08:50:00 +0000",
            "Message-ID: <0198c3a0-0000-7000-8000-000000000001@reverie.example>",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(head.lines().any(|found| found == line), "{line} is not in\n{head}");
        }
        assert!(head.contains("Subject: Your session on Thursday 22 October =?utf-8?b?"), "{head}");
        assert!(!text.replace("\r\n", "").contains('\n'), "every line ends as mail servers want it");
    }

    fn with_calendar() -> Outgoing {
        let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        Outgoing { calendar: Some(calendar.to_owned()), ..outgoing() }
    }

    #[tokio::test]
    async fn every_attempt_gives_the_same_bytes() {
        let post = files(Path::new("unused"));
        for message in [outgoing(), with_calendar()] {
            let first = post.letter(&message).unwrap().formatted();
            let again = post.letter(&Outgoing { attempts: 2, ..message }).unwrap().formatted();
            assert_eq!(first, again);
        }
    }

    #[tokio::test]
    async fn an_invitation_is_one_of_two_ways_to_read_a_message_and_a_file_beside_it() {
        let post = files(Path::new("unused"));
        let text = String::from_utf8(post.letter(&with_calendar()).unwrap().formatted()).unwrap();
        let kinds: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("Content-Type: ")).collect();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.split(" boundary").next().unwrap_or_default()).collect();
        let calendar = "text/calendar; charset=utf-8; method=REQUEST";
        assert_eq!(kinds, ["multipart/mixed;", "multipart/alternative;", "text/plain; charset=utf-8", calendar, calendar], "{text}");
        assert!(text.contains("Content-Disposition: attachment; filename=\"invitation.ics\""), "{text}");
        let decoded = text.replace("=\r\n", "").replace("=3D", "=").replace("\r\n ", "");
        assert_eq!(decoded.matches("ORGANIZER;CN=Reverie:mailto:no-reply@reverie.example").count(), 2, "{decoded}");
        assert_eq!(decoded.matches(";RSVP=FALSE:mailto:amina@people.example").count(), 2, "{decoded}");
    }

    #[tokio::test]
    async fn one_of_many_says_where_and_that_it_stops_at_once_and_a_message_that_is_one_of_none_does_not() {
        let post = files(Path::new("unused"));
        let address = format!("https://reverie.example/digest/{}", "Ab1_-".repeat(9));
        let text = |outgoing: &Outgoing| String::from_utf8(post.letter(outgoing).unwrap().formatted()).unwrap();
        let many = text(&Outgoing { stops_at: Some(address.clone()), ..outgoing() });
        let (head, _) = many.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", "");
        for line in [format!("List-Unsubscribe: <{address}>"), "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned()] {
            assert!(head.lines().any(|found| found == line), "{line} is not in\n{head}");
        }
        assert!(!text(&outgoing()).contains("List-Unsubscribe"));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_puts_a_message_off() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mail"), "a file in the way").unwrap();
        let refused = files(folder.path()).send(outgoing()).await.unwrap_err();
        assert!(matches!(refused, NotSent::ForNow(_)), "{refused}");
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_never_tried_again() {
        let refused = files(Path::new("unused")).letter(&Outgoing { address: "nobody".to_owned(), ..outgoing() }).unwrap_err();
        assert_eq!(refused.to_string(), "its address cannot stand in a message");
        assert!(matches!(refused, NotSent::ForGood(_)));
    }

    #[tokio::test]
    async fn a_demonstration_sends_nothing_even_with_a_mail_server() {
        let config = Config { demonstration: true, smtp_url: "smtp://127.0.0.1".to_owned(), ..Config::default() };
        assert!(matches!(Post::of(&config).way, Way::Files(_)));
        assert!(matches!(Post::of(&Config { demonstration: false, ..config }).way, Way::Smtp(_)));
    }
}

//! The job that looks at the links of the library, over real connections to servers that answer in every way there is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use app::access::{Premises, System, system};
use app::database::{Clock, Database};
use app::library::jobs::check_links;
use app::library::store::lay_out_library;
use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::*;

/// A certificate that `untrusted.example` has made for itself, and its key: nobody in the world vouches for it, so that it is no secret.
const OWN_CERTIFICATE: &str = "\
MIIBrjCCAVOgAwIBAgIUHLGe1EHwnSj9H0ezxG/mkZazpKswCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRdW50cnVzdGVkLmV4YW1wbGUwIBcNMjYxMTMwMDYxMTUzWhgPMjEy\
NjExMDYwNjExNTNaMBwxGjAYBgNVBAMMEXVudHJ1c3RlZC5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5+8Yc/GMaBumtC6sjjc4t7/sQblCNHa8oAh+/guR\
erl4cL3BRogEiRWfxB/oyH5fWqwFZ/NplvvmkXAFEUOsUKNxMG8wHQYDVR0OBBYEFOvlrORCP/pGKi12B4u4FfyGrdMpMB8GA1UdIwQYMBaAFOvlrORCP/pGKi12B4u4Ffy\
GrdMpMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRdW50cnVzdGVkLmV4YW1wbGUwCgYIKoZIzj0EAwIDSQAwRgIhAKQcLYqHTxhxipzol6eUjY1npj+z5tcZDXiELTx7\
WilrAiEAkGa3haocxb5e8YFoH4Jd6OHhHBQI6ziExNh9Ldj9Wbg=";
const ITS_KEY: &str = "\
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpT/5sIwWxLo0ctNv4xjzyQW/HE3ehLNJ1u/fEJQjJkmhRANCAATn7xhz8YxoG6a0LqyONzi3v+xBuUI0dryg\
CH7+C5F6uXhwvcFGiASJFZ/EH+jIfl9arAVn82mW++aRcAURQ6xQ";

/// How long the test waits for one answer.
const SHORT: Duration = Duration::from_millis(500);

/// How a server answers whoever calls.
#[derive(Clone)]
enum Manner {
    Says(String),
    /// An answer whose end never comes.
    NeverEnds,
    Silent,
    /// A drop of its head at a time.
    DropByDrop,
    HangsUp,
    /// Speaks safely, with a certificate for which nobody vouches.
    Untrusted(TlsAcceptor),
    /// Notes that somebody has come.
    Notes(Arc<AtomicBool>),
}

async fn server(manner: Manner) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            tokio::spawn(serve(caller, manner.clone()));
        }
    });
    place
}

/// Whoever has hung up needs no more.
async fn serve(mut caller: TcpStream, manner: Manner) {
    let mut question = vec![0; 4_096];
    match manner {
        Manner::Says(answer) => {
            let _read = caller.read(&mut question).await;
            let _said = caller.write_all(answer.as_bytes()).await;
        }
        Manner::NeverEnds => {
            let _read = caller.read(&mut question).await;
            let _said = caller.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while caller.write_all(&question).await.is_ok() {}
        }
        Manner::Silent => tokio::time::sleep(SHORT * 20).await,
        Manner::DropByDrop => {
            let _said = caller.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
            while caller.write_all(b"y").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        Manner::HangsUp => {}
        Manner::Untrusted(acceptor) => drop(acceptor.accept(caller).await),
        Manner::Notes(somebody_came) => somebody_came.store(true, Ordering::SeqCst),
    }
}

fn acceptor() -> TlsAcceptor {
    let decoded = |text: &str| BASE64.decode(text.as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider())).with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth();
    let key = PrivatePkcs8KeyDer::from(decoded(ITS_KEY));
    let config = config.with_single_cert(vec![decoded(OWN_CERTIFICATE).into()], key.into()).unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Whether a page is asked for safely, as all are, or openly, since nobody vouches for a server of the test.
#[derive(Clone, Copy)]
enum How {
    Safely,
    Openly,
}

/// What the job does with an address, but for where a name leads.
async fn looked_at(place: SocketAddr, how: How, address: CalendarAddress) -> Result<u16, NotFetched> {
    in_time(SHORT, async {
        let stream = TcpStream::connect(place).await.map_err(|_| NotFetched::NotReached)?;
        match how {
            How::Openly => knock(stream, &address).await,
            How::Safely => knock(safely(stream, &address).await.map_err(|_| NotFetched::NotReached)?, &address).await,
        }
    })
    .await
}

fn moment() -> DateTime<Utc> {
    "2026-10-22T08:50:00Z".parse().unwrap()
}

/// A library of links to these hosts and nothing else.
async fn library(hosts: &[&str]) -> (System, sqlx::SqlitePool) {
    const RETIRE: &str = "UPDATE library_item SET retired_at = $1";
    const RETURN: &str = "\
UPDATE library_item
SET link = $1, retired_at = NULL, link_due_at = $2
WHERE id = (SELECT id FROM library_item WHERE retired_at IS NOT NULL ORDER BY slug LIMIT 1)";

    // One connection, since each connection to memory is a database of its own; it must never be let go.
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = pool.connect("sqlite::memory:").await.unwrap();
    let database = Database::Sqlite(pool.clone());
    database.migrate().await.unwrap();
    let clock = Clock::Fixed(moment());
    let premises = Premises { database, clock, is_demonstration: false, origin: "https://reverie.example".into() };
    let system = system(&premises, "a test");
    lay_out_library(&system).await.unwrap();
    sqlx::query(RETIRE).bind(moment()).execute(&pool).await.unwrap();
    for host in hosts {
        sqlx::query(RETURN).bind(format!("https://{host}/a?b=c")).bind(moment()).execute(&pool).await.unwrap();
    }
    (system, pool)
}

async fn states(pool: &sqlx::SqlitePool) -> BTreeMap<String, String> {
    const STATES: &str = "SELECT link, link_state FROM library_item WHERE retired_at IS NULL";
    let states: Vec<(String, String)> = sqlx::query_as(STATES).fetch_all(pool).await.unwrap();
    let host = |link: &str| link.split('/').nth(2).unwrap().to_owned();
    states.iter().map(|(link, state)| (host(link), state.clone())).collect()
}

#[tokio::test]
async fn the_links_of_the_library_are_looked_at_over_real_connections_and_no_server_holds_the_others_up() {
    let says = |status: &str| Manner::Says(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
    let somebody_came = Arc::new(AtomicBool::new(false));
    let within = server(Manner::Notes(somebody_came.clone())).await;
    let sent_within = Manner::Says(format!("HTTP/1.1 302 Found\r\nLocation: https://{within}/admin\r\nContent-Length: 0\r\n\r\n"));
    // Held until the end, so that nobody else listens there meanwhile.
    let not_listening = TcpSocket::new_v4().unwrap();
    not_listening.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let closed = not_listening.local_addr().unwrap();
    let answers_to_expect = [
        ("here.example", server(says("200 OK")).await, How::Openly, "answers"),
        ("no-longer.example", server(says("404 Not Found")).await, How::Openly, "gone"),
        ("given-up.example", server(says("410 Gone")).await, How::Openly, "gone"),
        // Whoever sends on is there; where to, nobody goes to see.
        ("sent-on.example", server(sent_within).await, How::Openly, "answers"),
        ("ill.example", server(says("500 Oh")).await, How::Openly, "unreachable"),
        ("members.example", server(says("403 Forbidden")).await, How::Openly, "unreachable"),
        // How it is answered is known before the end, which is not waited for.
        ("endless.example", server(Manner::NeverEnds).await, How::Openly, "answers"),
        ("silent.example", server(Manner::Silent).await, How::Openly, "unreachable"),
        ("slow.example", server(Manner::DropByDrop).await, How::Openly, "unreachable"),
        ("cut.example", server(Manner::HangsUp).await, How::Openly, "unreachable"),
        ("closed.example", closed, How::Openly, "unreachable"),
        ("open.example", server(says("200 OK")).await, How::Safely, "unreachable"),
        ("untrusted.example", server(Manner::Untrusted(acceptor())).await, How::Safely, "unreachable"),
    ];
    let hosts: Vec<&str> = answers_to_expect.iter().map(|(host, ..)| *host).collect();
    let places: BTreeMap<&str, (SocketAddr, How)> = answers_to_expect.iter().map(|(host, place, how, _)| (*host, (*place, *how))).collect();
    let (system, pool) = library(&hosts).await;

    let begun = std::time::Instant::now();
    let look = |address: CalendarAddress| {
        let (place, how) = places[address.host()];
        looked_at(place, how, address)
    };
    assert_eq!(check_links(&system, look).await.unwrap(), 13);
    assert!(begun.elapsed() < SHORT * 10, "two of them are waited for, and no longer than is allowed: {:?}", begun.elapsed());

    let expected: BTreeMap<String, String> =
        answers_to_expect.iter().map(|(host, .., state)| ((*host).to_owned(), (*state).to_owned())).collect();
    assert_eq!(states(&pool).await, expected);
    assert!(!somebody_came.load(Ordering::SeqCst), "nobody is sent on");
    assert_eq!(check_links(&system, look).await.unwrap(), 0, "each is looked at once until it is due again");
}

#[tokio::test]
async fn a_link_that_is_a_number_or_no_name_of_the_world_is_asked_nothing() {
    let (system, pool) = library(&["127.0.0.1", "localhost", "169.254.169.254", "here.example:8080"]).await;
    let nobody = |_: CalendarAddress| -> std::future::Ready<Result<u16, NotFetched>> { unreachable!("nobody is asked") };
    assert_eq!(check_links(&system, nobody).await.unwrap(), 4);
    assert!(states(&pool).await.values().all(|state| state == "unreachable"));
}

//! A server that means harm, and connections that are made to it all the same.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// No test waits longer.
const SHORT: Duration = Duration::from_secs(5);

fn address() -> CalendarAddress {
    CalendarAddress::of("https://calendar.example.org/secret.ics?a=b").unwrap()
}

/// A server that says some bytes to whoever asks, then others until nobody listens any more, and answers with what it was asked.
async fn server_that_says(first: Vec<u8>, then: Vec<u8>, times: usize) -> (SocketAddr, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    let asked = tokio::spawn(async move {
        let (mut caller, _) = listener.accept().await.unwrap();
        let mut question = vec![0; 4_096];
        let read = caller.read(&mut question).await.unwrap_or_default();
        let question = String::from_utf8_lossy(&question[..read]).into_owned();
        let mut is_heard = caller.write_all(&first).await.is_ok();
        for _ in 0..times {
            is_heard = is_heard && caller.write_all(&then).await.is_ok();
        }
        question
    });
    (place, asked)
}

/// What is made of an answer without what is otherwise around it: who may be asked, and that it is asked safely.
async fn asked_of(place: SocketAddr) -> Result<Vec<u8>, NotFetched> {
    in_time(SHORT, async { ask(TcpStream::connect(place).await.unwrap(), &address()).await }).await
}

async fn answered(first: &[u8], then: &[u8], times: usize) -> Result<Vec<u8>, NotFetched> {
    let (place, _) = server_that_says(first.to_vec(), then.to_vec(), times).await;
    asked_of(place).await
}

#[tokio::test]
async fn a_question_names_the_place_and_nothing_of_ours() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nBEGIN and more".to_vec();
    let (place, asked) = server_that_says(answer, Vec::new(), 0).await;
    assert_eq!(asked_of(place).await, Ok(b"BEGIN".to_vec()));
    let question = asked.await.unwrap().to_lowercase();
    assert!(question.starts_with("get /secret.ics?a=b http/1.1\r\n") && question.contains("host: calendar.example.org\r\n"), "{question}");
    let names: Vec<&str> = question.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    assert_eq!(names, ["host", "accept", "accept-encoding", "user-agent"]);
}

#[tokio::test]
async fn an_answer_may_come_in_pieces_or_end_with_its_connection() {
    let in_pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nBEG\r\n2\r\nIN\r\n0\r\n\r\n";
    assert_eq!(answered(in_pieces, b"", 0).await, Ok(b"BEGIN".to_vec()));
    assert_eq!(answered(b"HTTP/1.0 200 OK\r\n\r\nBEGIN", b"", 0).await, Ok(b"BEGIN".to_vec()));
}

#[tokio::test]
async fn nobody_is_sent_on_whether_within_or_to_another_place() {
    for to in ["http://169.254.169.254/latest/meta-data", "https://127.0.0.1/", "/other.ics", "file:///etc/passwd"] {
        for status in [301, 302, 303, 307, 308] {
            let answer = format!("HTTP/1.1 {status} Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
            assert_eq!(answered(answer.as_bytes(), b"", 0).await, Err(NotFetched::SentElsewhere), "{status} to {to}");
        }
    }
}

#[tokio::test]
async fn endless_and_huge_answers_are_left_unread() {
    let (many, kilobyte) = (1_000_000, [b'x'; 1_024]);
    assert_eq!(answered(b"HTTP/1.1 200 OK\r\n\r\n", &kilobyte, many).await, Err(NotFetched::TooLarge), "endless");
    // A line of 50 MB, told beforehand or not.
    assert_eq!(answered(b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n", &kilobyte, 51_200).await, Err(NotFetched::TooLarge));
    let in_pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3200000\r\nBEGIN:VCALENDAR\r\nSUMMARY:";
    assert_eq!(answered(in_pieces, &kilobyte, 51_200).await, Err(NotFetched::TooLarge), "one piece of 50 MB");
    for endless in [&b"HTTP/1.1 200 OK\r\nX: "[..], b"HTTP/1.1 200 ", b""] {
        let answer = answered(endless, &kilobyte, many).await;
        assert!(matches!(answer, Err(NotFetched::Refused | NotFetched::NotReached)), "an endless head: {answer:?}");
    }
}

#[tokio::test]
async fn whatever_is_no_whole_answer_is_none() {
    assert_eq!(answered(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b"", 0).await, Err(NotFetched::NotReached));
    let cut = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n";
    assert_eq!(answered(cut, b"", 0).await, Err(NotFetched::NotReached));
    assert_eq!(answered(b"", b"", 0).await, Err(NotFetched::NotReached));
    for odd in [
        &b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"[..],
        b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
    ] {
        assert_eq!(answered(odd, b"", 0).await, Err(NotFetched::Refused), "{}", String::from_utf8_lossy(odd));
    }
}

#[tokio::test]
async fn whoever_never_answers_or_answers_drop_by_drop_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut caller, _) = listener.accept().await.unwrap();
        let _ = caller.write_all(b"HTTP/1.1 200 OK\r\n\r\nBEGIN").await;
        while caller.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let slow = in_time(Duration::from_millis(300), async { ask(TcpStream::connect(place).await.unwrap(), &address()).await }).await;
    assert_eq!(slow, Err(NotFetched::NotReached));
}

#[tokio::test]
async fn what_does_not_speak_safely_is_told_nothing() {
    let (place, asked) = server_that_says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nBEGIN".to_vec(), Vec::new(), 0).await;
    assert!(safely(TcpStream::connect(place).await.unwrap(), &address()).await.is_err());
    assert!(!asked.await.unwrap().contains("secret"));
}

#[test]
fn a_name_that_stands_for_this_machine_or_among_others_for_a_neighbour_is_not_reached() {
    let places = |list: &[&str]| list.iter().map(|place| place.parse().unwrap()).collect::<Vec<SocketAddr>>();
    assert!(all_of_the_world(places(&["8.8.8.8:443", "[2606:4700::1111]:443"])).is_ok());
    assert!(all_of_the_world(places(&["8.8.8.8:443", "192.168.0.1:443"])).is_err());
    assert!(all_of_the_world(places(&["[64:ff9b::a9fe:a9fe]:443"])).is_err());
    assert!(all_of_the_world(Vec::new()).is_err());
}

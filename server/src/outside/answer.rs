//! One question and its answer.

use app::busy::{CalendarAddress, NotFetched};
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, HOST, USER_AGENT};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

/// The largest calendar that is read, in bytes: years of a full diary.
const LARGEST: usize = 8 * 1024 * 1024;
/// The most that may come before it, and the most that is held of it at a time.
const LARGEST_HEAD: usize = 64 * 1024;

/// Asks for what stands at an address, and reads no more of the answer than is allowed. Sent on, nobody follows.
pub(super) async fn ask<S>(stream: S, address: &CalendarAddress) -> Result<Vec<u8>, NotFetched>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    exchange(stream, question(address, "text/calendar"), content).await
}

/// Asks whether anything stands at an address. Nothing of it is read but how it is answered.
pub(super) async fn knock<S>(stream: S, address: &CalendarAddress) -> Result<u16, NotFetched>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    exchange(stream, question(address, "text/html, */*"), async |answer: Response<Incoming>| Ok(answer.status().as_u16())).await
}

/// Sends a question, and reads of its answer what `read` does.
async fn exchange<S, T>(
    stream: S,
    question: Option<Request<Empty<Bytes>>>,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, NotFetched>,
) -> Result<T, NotFetched>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let handshake = http1::Builder::new().max_buf_size(LARGEST_HEAD).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| NotFetched::NotReached)?;
    let question = question.ok_or(NotFetched::Refused)?;
    let answered = async {
        // What is no answer in this protocol is no calendar either.
        let answer = sender
            .send_request(question)
            .await
            .map_err(|error| if error.is_parse() { NotFetched::Refused } else { NotFetched::NotReached })?;
        read(answer).await
    };
    // The connection moves as long as its answer is read, and is dropped with it: nothing of it is left behind.
    let (answered, connection) = (std::pin::pin!(answered), std::pin::pin!(connection));
    match futures_util::future::select(answered, connection).await {
        futures_util::future::Either::Left((answer, _)) => answer,
        futures_util::future::Either::Right((_, answered)) => answered.await,
    }
}

fn question(address: &CalendarAddress, accepted: &'static str) -> Option<Request<Empty<Bytes>>> {
    Request::get(address.target())
        .header(HOST, address.host())
        .header(ACCEPT, accepted)
        .header(ACCEPT_ENCODING, "identity")
        .header(USER_AGENT, "Reverie")
        .body(Empty::new())
        .ok()
}

/// The whole of an answer. One that ends too early is none: half a calendar would free what is busy.
async fn content(answer: Response<Incoming>) -> Result<Vec<u8>, NotFetched> {
    let is_packed = answer.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    match answer.status() {
        StatusCode::OK if !is_packed => {}
        status if status.is_redirection() => return Err(NotFetched::SentElsewhere),
        _ => return Err(NotFetched::Refused),
    }
    if answer.body().size_hint().lower() > u64::try_from(LARGEST).unwrap_or(u64::MAX) {
        return Err(NotFetched::TooLarge);
    }
    match Limited::new(answer.into_body(), LARGEST).collect().await {
        Ok(whole) => Ok(whole.to_bytes().into()),
        Err(cause) if cause.is::<LengthLimitError>() => Err(NotFetched::TooLarge),
        Err(_) => Err(NotFetched::NotReached),
    }
}

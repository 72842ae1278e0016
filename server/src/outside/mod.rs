//! What the server asks of others: a calendar, at an address that somebody pasted, and whether a page is still there.
//!
//! Whoever pastes an address must not be able to make this server reach what only it can reach. So a name is resolved once, every address that
//! it stands for must be one of the world's, and the connection is made to that very address, which leaves a name no chance to mean another
//! place a moment later; nobody is sent on to another place; and however long, slow or odd an answer is, it costs little and none of it is
//! shown. Nothing but TLS at its usual port is spoken. The protocol itself is hyper's.

mod answer;

mod world;

#[cfg(test)]
mod link_tests;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use app::busy::{CalendarAddress, NotFetched};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use answer::{ask, knock};
use world::is_of_the_world;

/// How long everything may take.
const LONGEST: Duration = Duration::from_secs(20);

/// What stands at an address.
pub async fn fetch(address: CalendarAddress) -> Result<Vec<u8>, NotFetched> {
    in_time(LONGEST, async {
        let stream = connect(&address).await.map_err(|_| NotFetched::NotReached)?;
        ask(stream, &address).await
    })
    .await
}

/// How a page answers at an address; nobody is sent on.
pub async fn look(address: CalendarAddress) -> Result<u16, NotFetched> {
    in_time(LONGEST, async {
        let stream = connect(&address).await.map_err(|_| NotFetched::NotReached)?;
        knock(stream, &address).await
    })
    .await
}

async fn in_time<T>(longest: Duration, asked: impl Future<Output = Result<T, NotFetched>>) -> Result<T, NotFetched> {
    tokio::time::timeout(longest, asked).await.unwrap_or(Err(NotFetched::NotReached))
}

/// A safe connection to one of the addresses for which a name stands.
async fn connect(address: &CalendarAddress) -> io::Result<TlsStream<TcpStream>> {
    let places = all_of_the_world(lookup_host((address.host(), 443)).await?.collect())?;
    safely(TcpStream::connect(places.as_slice()).await?, address).await
}

/// The places for which a name stands. One of them that is not the world's makes all of them suspect.
fn all_of_the_world(places: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let is_fit = !places.is_empty() && places.iter().all(|place| is_of_the_world(place.ip()));
    if is_fit { Ok(places) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

async fn safely(stream: TcpStream, address: &CalendarAddress) -> io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from(address.host().to_owned()).map_err(io::Error::other)?;
    let trust = TRUST.clone().ok_or(io::ErrorKind::Unsupported)?;
    TlsConnector::from(trust).connect(name, stream).await
}

/// The certificates of the world's authorities, as browsers know them.
static TRUST: LazyLock<Option<Arc<ClientConfig>>> = LazyLock::new(|| {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    Some(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
});

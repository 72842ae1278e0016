//! `reverie serve`.

use std::error::Error;
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::time::Duration;

use app::access::system;
use app::authorities::store::keep_register;
use app::groups::store::keep_name_keys;
use axum::Router;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::jobs::Jobs;
use crate::router::{LONGEST_REQUEST, Process, figures, router};

/// Serves until it is told to stop, then lets the requests in flight finish.
pub async fn serve(config: &Config) -> Result<(), Box<dyn Error>> {
    start_log(config);
    let database = super::open_database(config).await?;
    database.migrate().await?;
    database.check_writable().await?;
    let listener =
        TcpListener::bind(config.listen).await.map_err(|cause| format!("cannot listen on {}: {}", config.listen, cause.kind()))?;
    // Port 0 asks the system for a free one.
    let config = &Config { listen: listener.local_addr()?, ..config.clone() };
    let keyring = crate::keyring::open(config, &database).await?;
    let process = Process { keyring: keyring.into(), ..Process::new(config, database.clone()) };
    let metrics = PrometheusBuilder::new().install_recorder()?;
    let figures = match config.metrics_listen {
        Some(address) => Some(tokio::spawn(axum::serve(listen_for_figures(address).await?, figures(metrics)).into_future())),
        None => None,
    };
    keep_register(&system(&process.premises, "the list of eligible authorities")).await?;
    keep_name_keys(&system(&process.premises, "the names of groups are folded")).await?;
    println!("Reverie is at {}", config.origin());
    if !config.origin.is_empty() {
        println!("It listens on {}", config.listen);
    }
    let jobs = Jobs::start(config, &process.premises, process.changed.clone());
    let news = process.news.clone();
    answer_requests(listener, router(process), move || news.end()).await?;
    jobs.stop().await;
    if let Some(figures) = figures {
        figures.abort();
    }
    database.close().await;
    tracing::info!("Stopped.");
    Ok(())
}

/// The second address, which nobody but the operator need reach.
async fn listen_for_figures(address: SocketAddr) -> Result<TcpListener, Box<dyn Error>> {
    let listener =
        TcpListener::bind(address).await.map_err(|cause| format!("cannot listen on {address} for `metrics_listen`: {}", cause.kind()))?;
    println!("Figures are at http://{}/metrics", listener.local_addr()?);
    Ok(listener)
}

/// How long somebody may take to say what they want, once they are connected.
const FIRST_REQUEST_WITHIN: Duration = Duration::from_secs(10);

/// How long a connection is kept for another request: longer than proxies keep theirs (Caddy two minutes, nginx one), since whoever closes
/// first must not be the one who is about to be asked.
const NEXT_REQUEST_WITHIN: Duration = Duration::from_secs(125);

/// Answers requests until the process is told to stop; those in flight may then take as long as any request may. Those that would never end
/// are ended by `let_go`.
async fn answer_requests(listener: TcpListener, router: Router, let_go: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let handle = axum_server::Handle::<SocketAddr>::new();
    let told = handle.clone();
    tokio::spawn(async move {
        super::told_to_stop().await;
        tracing::info!("Told to stop; the requests in flight are finished first.");
        let_go();
        // Somebody who never finishes sending must not keep the process alive.
        told.graceful_shutdown(Some(LONGEST_REQUEST + Duration::from_secs(1)));
    });
    let mut server = axum_server::Server::from_listener(listener).handle(handle).first_request_timeout(FIRST_REQUEST_WITHIN);
    server.http_builder().http1().header_read_timeout(NEXT_REQUEST_WITHIN);
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

fn start_log(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info,app=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json { log.json().init() } else { log.init() }
}

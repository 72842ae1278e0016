//! `reverie serve`.

use std::error::Error;
use std::net::SocketAddr;

use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::router::{Process, router};

/// Serves until it is told to stop, then lets the requests in flight finish.
pub async fn serve(config: &Config) -> Result<(), Box<dyn Error>> {
    start_log(config);
    let database = super::open_database(config).await?;
    database.migrate().await?;
    let process = Process::new(config, database.clone(), PrometheusBuilder::new().install_recorder()?);
    let listener = TcpListener::bind(config.listen).await.map_err(|cause| format!("cannot listen on {}: {cause}", config.listen))?;
    println!("Reverie is at {}", config.origin());
    let service = router(process).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    database.close().await;
    Ok(())
}

fn start_log(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info,app=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json { log.json().init() } else { log.init() }
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}

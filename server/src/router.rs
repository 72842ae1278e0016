//! From an address to what answers it: health, files, server functions, pages; and the layers around them, outermost last.

use std::sync::Arc;
use std::time::Duration;

use app::access::Premises;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::layers::{files, forms, headers, identify, measure, statuses};

/// The largest form that anybody needs to send, in bytes.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// How long one request may take.
const LONGEST_REQUEST: Duration = Duration::from_secs(20);

/// What the handlers share.
#[derive(Clone)]
pub struct Process {
    /// The database, the clock and the origin.
    pub premises: Premises,
    /// What Leptos needs to know to name the WebAssembly and the style sheet.
    pub leptos: LeptosOptions,
    /// Whether `X-Forwarded-For` is believed.
    pub behind_proxy: bool,
    /// The figures for Prometheus.
    pub metrics: PrometheusHandle,
    /// Where the built site is, unless it is inside the program.
    pub site: Arc<std::path::Path>,
}

/// The whole service.
pub fn router(process: Process) -> Router {
    let pages = Router::new().fallback(get(page)).with_state(process.leptos.clone());
    let answers = Router::new()
        .route("/api/{*function}", post(function).layer(from_fn(statuses::name_status)))
        .fallback_service(pages)
        .layer(from_fn(statuses::refuse_politely));
    let people = Router::new()
        .fallback_service(any(forms::answer).with_state(answers))
        .layer(from_fn_with_state(process.clone(), identify::identify))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(LARGEST_FORM));

    Router::new()
        .route("/health/live", get(|| async { "live" }))
        .route("/health/ready", get(ready))
        .route("/metrics", get(figures))
        .with_state(process.clone())
        .merge(files::routes(&process.site))
        .fallback_service(people)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(process, headers::protect))
                .layer(from_fn(measure::measure))
                .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
                .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST_REQUEST))
                .layer(CatchPanicLayer::new()),
        )
}

/// Renders a page in full before any of it is sent, so that its status is true and it needs no script.
async fn page(State(options): State<LeptosOptions>, request: Request) -> Response {
    let render = leptos_axum::render_app_async_with_context(|| {}, move || app::document(options.clone()));
    render(request).await.into_response()
}

/// Runs a server function.
async fn function(request: Request) -> Response {
    leptos_axum::handle_server_fns(request).await.into_response()
}

/// Answers whether requests can be served: the database answers.
async fn ready(State(process): State<Process>) -> Response {
    match process.premises.database.ping().await {
        Ok(()) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

async fn figures(State(process): State<Process>) -> Response<Body> {
    let mut response = process.metrics.render().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4"));
    response
}

//! From an address to what answers it: health, files, server functions, pages; and the layers around them, outermost last.

use std::sync::Arc;
use std::time::Duration;

use app::access::Premises;
use app::database::Database;
use app::paths;
use app::sealing::Keyring;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Notify;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::config::Config;
use crate::layers::{calendars, characters, deny, dress, files, forms, headers, identify, limits, measure, statuses, turns, uploads};
use crate::lists;
use crate::news::{self, News};
use crate::site::{Site, is_watched};

/// The largest form that anybody needs to send, in bytes.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// How long one request may take.
pub const LONGEST_REQUEST: Duration = Duration::from_secs(20);

/// What the handlers share.
#[derive(Clone, Debug)]
pub struct Process {
    /// The database, the clock and the origin.
    pub premises: Premises,
    /// What Leptos needs to know to name the WebAssembly and the style sheet.
    pub leptos: LeptosOptions,
    /// Whether `X-Forwarded-For` is believed.
    pub behind_proxy: bool,
    /// Is told when a form was accepted, so that messages leave at once.
    pub changed: Arc<Notify>,
    /// Tells open pages that something has changed.
    pub news: News,
    /// Where the files are that browsers load.
    pub site: Site,
    /// The keys of what people write for themselves alone; none seals until it is handed in, but in a demonstration.
    pub keyring: Arc<Keyring>,
}

impl Process {
    /// What a process of these settings shares.
    pub fn new(config: &Config, database: Database) -> Self {
        let site = Site::of(config.site.as_deref());
        let premises = config.premises(database);
        Self {
            news: News::of(&premises),
            premises,
            leptos: leptos_options(config, &site),
            behind_proxy: config.behind_proxy,
            changed: Arc::new(Notify::new()),
            site,
            keyring: if config.demonstration { Keyring::of_demonstration().into() } else { Arc::default() },
        }
    }
}

/// Where pages find what was built. `cargo leptos watch` hands the rest over in the environment.
fn leptos_options(config: &Config, site: &Site) -> LeptosOptions {
    let mut options = leptos::config::get_configuration(None)
        .map_or_else(|_| LeptosOptions::builder().output_name("reverie").build(), |configuration| configuration.leptos_options);
    options.output_name = "reverie".into();
    // What is watched changes under its address, by which the style sheet is found and put in place of the one before.
    options.site_pkg_dir = if is_watched() { "pkg".into() } else { format!("pkg/{}", site.version()).into() };
    options.site_addr = config.listen;
    options.hash_files = false;
    options
}

/// The whole service.
pub fn router(process: Process) -> Router {
    // Pages render on tokio's tasks. It fails where it was said before, which is as good.
    let _said_before = any_spawner::Executor::init_tokio();
    let pages = Router::new().fallback(get(page)).with_state(process.leptos.clone());
    let functions =
        Router::new().route("/api/{*function}", post(function).layer(from_fn(statuses::name_status)).layer(from_fn(deny::deny_by_default)));
    let answers = functions
        .clone()
        .merge(lists::routes(&pages))
        .fallback_service(pages)
        .layer(from_fn_with_state(functions, calendars::answer))
        .layer(from_fn(statuses::refuse_politely))
        .layer(from_fn_with_state(process.clone(), tell_jobs));
    let people = Router::new()
        .route(paths::LISTEN, get(news::listen).with_state(process.news.clone()))
        .fallback_service(any(forms::answer).with_state(answers))
        .layer(from_fn_with_state(process.clone(), identify::identify))
        .layer(from_fn_with_state(turns::turns(), turns::take_turns))
        .layer(from_fn(characters::refuse_unreadable))
        .layer(from_fn(uploads::unpack))
        .layer(limits::refuse_other_sites(&process.premises.origin))
        .layer(from_fn(limits::limit_size))
        .layer(DefaultBodyLimit::max(LARGEST_FORM));

    Router::new()
        .route("/health/live", get(|| async { "live" }))
        .route("/health/ready", get(ready))
        .with_state(process.clone())
        .merge(files::routes(&process.site, &process.leptos.site_pkg_dir))
        .fallback_service(people)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(process.clone(), headers::protect))
                .layer(from_fn(measure::measure))
                .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
                .layer(from_fn_with_state(process, dress::dress))
                .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST_REQUEST))
                .layer(CatchPanicLayer::custom(dress::broke_off)),
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

/// Tells the jobs that something may have changed: a function has run, and was not refused.
async fn tell_jobs(State(process): State<Process>, request: Request, next: Next) -> Response {
    let is_function = request.method() == Method::POST;
    let response = next.run(request).await;
    if is_function && response.status().is_success() {
        process.changed.notify_one();
    }
    response
}

/// Answers whether requests can be served: the database answers.
async fn ready(State(process): State<Process>) -> Response {
    match process.premises.database.ping().await {
        Ok(()) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

/// The figures for Prometheus, which are served at an address of their own: they are for whoever runs the server.
pub fn figures(metrics: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(figures_now)).with_state(metrics)
}

async fn figures_now(State(metrics): State<PrometheusHandle>) -> Response<Body> {
    let mut response = metrics.render().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4"));
    response
}

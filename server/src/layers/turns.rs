//! Open pages that look again wait for their turn, since one post makes all of them ask within a tenth of a second.
//!
//! Whoever came first then has their page first, rather than everybody having it last; and whoever presses something meets a database that is not held
//! by pages that nobody has touched.

use std::sync::Arc;

use app::news::AGAIN;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

/// How many are answered at once: as many as keep two cores and a database busy, and half of the connections of a process.
const TURNS: usize = 4;

/// The turns of one process.
pub type Turns = Arc<Semaphore>;

/// Those that there are when nobody asks.
pub fn turns() -> Turns {
    Arc::new(Semaphore::new(TURNS))
}

/// Answers a page that looks again once it is its turn, and everything else at once.
pub async fn take_turns(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    // Nobody ever closes the turns; without one, a page would still be answered.
    let _turn = if request.headers().contains_key(AGAIN) { turns.acquire().await.ok() } else { None };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tokio::time::timeout;
    use tower::ServiceExt;

    use super::*;

    /// A page that is held until `doors` let it through, and says that it was begun.
    fn held_page(begun: &Turns, doors: &Turns) -> Router {
        let (begun, doors) = (begun.clone(), doors.clone());
        let answer = move || {
            let (begun, doors) = (begun.clone(), doors.clone());
            async move {
                begun.add_permits(1);
                doors.acquire().await.unwrap().forget();
            }
        };
        Router::new().route("/", get(answer)).layer(from_fn_with_state(turns(), take_turns))
    }

    fn asked(looks_again: bool) -> Request {
        let request = Request::builder().uri("/");
        if looks_again { request.header(AGAIN, "1") } else { request }.body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn open_pages_look_again_by_turns_and_whoever_opens_one_does_not_wait_for_them() {
        let (begun, doors) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let page = held_page(&begun, &doors);
        let looking: Vec<_> = (0..20).map(|_| tokio::spawn(page.clone().oneshot(asked(true)))).collect();
        begun.acquire_many(4).await.unwrap().forget();
        assert!(timeout(Duration::from_millis(50), begun.acquire()).await.is_err(), "a fifth was begun before its turn");

        let opened = tokio::spawn(page.oneshot(asked(false)));
        timeout(Duration::from_secs(5), begun.acquire())
            .await
            .expect("whoever opens a page waits for those that look again")
            .unwrap()
            .forget();

        doors.add_permits(21);
        for answer in looking.into_iter().chain([opened]) {
            assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
        }
        assert_eq!(begun.available_permits(), 16, "each was answered, once");
    }
}

//! Takes the file out of a form that is sent with one, and puts it beside the request, as the visit is.
//!
//! A browser sends such a form in parts (`multipart/form-data`), of which one is the file. What is left is sent on as any other form is, so that
//! everything behind this layer stays as it is: the check of its characters, the server function and the page that is shown again when that
//! refuses. Only the addresses in [`TAKE_FILES`] have such a form; anywhere else it is a form that cannot be read.

use std::error::Error;

use app::paths;
use app::ui::SentFile;
use axum::RequestExt;
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, Request};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode, utf8_percent_encode};

use super::limits;

/// The pages with a form that is sent with a file, and the largest file of each in bytes.
const TAKE_FILES: [(&str, usize); 2] = [(paths::IMPORT_PEOPLE, app::imports::LARGEST_FILE), (paths::ATTACH, app::spaces::LARGEST_FILE)];

/// What may stand around a file, in bytes.
const AROUND: usize = 64 * 1024;

/// The largest file that may come with a request, in bytes; none where a form has no file.
pub fn largest_file(request: &Request) -> Option<usize> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let takes_file = request.method() == Method::POST && kind.starts_with("multipart/form-data");
    let (_, largest) = TAKE_FILES.iter().find(|(path, _)| takes_file && *path == request.uri().path())?;
    Some(*largest)
}

/// The largest form with a file, in bytes.
pub const fn largest_upload(file: usize) -> usize {
    file + AROUND
}

/// Lets as much of a request through as a file may need.
pub fn allow_file(request: &mut Request, file: usize) {
    DefaultBodyLimit::max(largest_upload(file)).apply(request);
}

/// A browser that is still sending does not look at the answer, so a file that is too large is read and forgotten, up to a point.
pub async fn read_and_forget(request: Request) {
    const MOST: usize = 16 * 1024 * 1024;

    let mut body = request.into_body();
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, |data| data.len());
        if read > MOST {
            return;
        }
    }
}

/// Takes a form with a file apart.
pub async fn unpack(request: Request, next: Next) -> Response {
    let Some(largest) = largest_file(&request) else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let mut copy = Request::new(body);
    copy.headers_mut().clone_from(&parts.headers);
    *copy.extensions_mut() = parts.extensions.clone();
    let Ok(form) = copy.extract::<Multipart, _>().await else {
        return limits::unreadable();
    };
    let Unpacked { file, fields } = match read(form).await {
        Ok(unpacked) => unpacked,
        Err(error) if is_too_large(&error) => return limits::too_large_file(largest),
        Err(_) => return limits::unreadable(),
    };
    if let Some(file) = file {
        parts.extensions.insert(file);
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    next.run(Request::from_parts(parts, Body::from(fields))).await
}

/// Whether a form broke off because the limit was reached, which every layer on the way has wrapped once more.
fn is_too_large(error: &MultipartError) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

struct Unpacked {
    file: Option<SentFile>,
    fields: String,
}

/// The last file of a form, and its fields as a form without one sends them.
async fn read(mut form: Multipart) -> Result<Unpacked, MultipartError> {
    let (mut file, mut fields) = (None, String::new());
    while let Some(part) = form.next_field().await? {
        if part.file_name().is_some() {
            file = Some(SentFile::of(&part.bytes().await?));
            continue;
        }
        let name = part.name().unwrap_or_default().to_owned();
        let value = part.bytes().await?;
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        if !fields.is_empty() {
            fields.push('&');
        }
        fields.push_str(&encode(&name));
        fields.push('=');
        fields.push_str(&percent_encode(&value, NON_ALPHANUMERIC).to_string());
    }
    Ok(Unpacked { file, fields })
}

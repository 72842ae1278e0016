//! What programs of mail post to the address in a digest (RFC 8058): `List-Unsubscribe=One-Click`, which stands for the button of its page.

use app::digest::StopDigest;
use app::paths;
use axum::body::Bytes;
use leptos::server_fn::ServerFn;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The function that such a post stands for, and the form that is sent to it. Nothing where it is another post. The two words may come in either of the
/// ways in which forms are sent.
pub fn as_form(path: &str, posted: &[u8]) -> Option<(String, Bytes)> {
    let posted = String::from_utf8_lossy(posted);
    let is_one_click = posted.contains("List-Unsubscribe") && posted.contains("One-Click");
    let token = path.strip_prefix(paths::stop_digest("").as_str()).filter(|_| is_one_click)?;
    let form = format!("form%5Btoken%5D={}", utf8_percent_encode(token, NON_ALPHANUMERIC));
    Some((StopDigest::PATH.to_owned(), Bytes::from(form)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_programs_of_mail_post_to_the_address_of_a_digest_stands_for_its_button() {
        let in_parts = b"--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n".as_slice();
        for posted in [b"List-Unsubscribe=One-Click".as_slice(), in_parts] {
            let (action, form) = as_form("/digest/Ab1_-", posted).unwrap();
            assert_eq!((action.as_str(), form.as_ref()), ("/api/stop_digest", b"form%5Btoken%5D=Ab1%5F%2D".as_slice()));
            assert_eq!(as_form("/community", posted), None);
        }
        assert_eq!(as_form("/digest/Ab1_-", b"_action=%2Fapi%2Fsearch"), None);
    }
}

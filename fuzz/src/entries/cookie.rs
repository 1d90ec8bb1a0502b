//! The session among the cookies; each line of the input is one `Cookie` header.

use console::fuzzing as console;
use http::HeaderMap;
use http::header::COOKIE;

use super::lines;

pub fn cookie(data: &[u8]) {
    let mut headers = HeaderMap::new();
    lines::append(&mut headers, &COOKIE, data);
    for name in ["keyhatch", "__Host-keyhatch"] {
        let Some(token) = console::session_token(&headers, name) else { continue };
        assert!(!token.is_empty() && token.len() <= 64 && !token.contains([';', '\n']));
        // It stands there word for word, and with a second one beside it neither is believed.
        assert!(headers.get_all(COOKIE).iter().any(|line| line.to_str().is_ok_and(|line| line.contains(&token))));
        headers.append(COOKIE, format!("{name}=planted").parse().expect("a value"));
        assert_eq!(console::session_token(&headers, name), None);
    }
}

//! The session cookie; each line of the input is one `Cookie` header.

use console::fuzzing as console;
use http::HeaderMap;
use http::header::COOKIE;

use super::header_lines;

pub fn cookie(data: &[u8]) {
    let mut headers = HeaderMap::new();
    header_lines::append(&mut headers, &COOKIE, data);
    for name in ["keyhatch", "__Host-keyhatch"] {
        let Some(token) = console::session_token(&headers, name) else { continue };
        assert!(!token.is_empty() && token.len() <= 64 && !token.contains([';', '\n']));
        // The token is a literal part of a header, and a duplicate cookie makes both invalid.
        assert!(headers.get_all(COOKIE).iter().any(|line| line.to_str().is_ok_and(|line| line.contains(&token))));
        headers.append(COOKIE, format!("{name}=planted").parse().expect("a value"));
        assert_eq!(console::session_token(&headers, name), None);
    }
}

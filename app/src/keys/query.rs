//! Reading and writing the query string of `/settings/api-keys`. What its parameters mean belongs in [`super::overlay`]
//! and [`super::list_filter`].

pub(super) const PATH: &str = "/settings/api-keys";

/// The parameters of a query string, with or without its leading `?`. Values are not percent-decoded.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.trim_start_matches('?').split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The page's URL with these parameters; empty ones are left out.
pub(super) fn url(parameters: &[String]) -> String {
    let mut url = PATH.to_owned();
    for parameter in parameters.iter().filter(|parameter| !parameter.is_empty()) {
        url.push(if url.len() == PATH.len() { '?' } else { '&' });
        url.push_str(parameter);
    }
    url
}

/// Percent-encodes a value for a query string.
pub fn percent_encode(value: &str) -> String {
    let mut encoded = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_text_stays_one_parameter() {
        assert_eq!(percent_encode("a&b=c d/é"), "a%26b%3Dc%20d%2F%C3%A9");
        assert_eq!(
            url(&[String::new(), "q=x".into(), "environment=live".into()]),
            format!("{PATH}?q=x&environment=live")
        );
        assert_eq!(url(&[]), PATH);
    }
}

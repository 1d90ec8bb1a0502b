//! The normal form of paths. Gateway, gate and upstream must not interpret a path differently: `/a/../b`, `//b`, `/%62` and
//! `/b;x` are `/b` to some programs and not to others, which would bypass the privilege of `/b`. Every gateway therefore
//! answers 400 to a path that is not in normal form. Letters are compared case-insensitively.

/// A regular expression for request targets (path and query) whose path is not in normal form. It means the same in PCRE,
/// RE2 and Go:
///
/// - no leading slash; an empty, `.` or `..` segment;
/// - a backslash, a semicolon, a hash, and everything that is not visible ASCII;
/// - a character as `%xx` that could stand as itself, or that is a slash, a backslash, a semicolon, a hash, a
///   question mark or a control;
/// - a double encoding, and an invalid `%xx`.
pub(super) const NOT_NORMAL: &str = concat!(
    "(?i)^(?:[^/]|[^?]*(?:",
    "//|/[.][.]?(?:[/?]|$)",
    r"|[\x5c;#]|[^!-~]",
    "|%(?:[01]|2[3def]|25[0-9a-f][0-9a-f]|3[0-9bf]|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9aef]|[0-9a-f]?(?:[^0-9a-f]|$))",
    "))",
);

/// A regular expression for the targets at and below a path.
pub(super) fn below(path: &str) -> String {
    if path == "/" { "(?i)^/".to_owned() } else { format!("(?i)^{}(?:[/?]|$)", path.replace('.', "[.]")) }
}

/// The part of a regular expression for the same in a path without a query.
pub(super) fn below_uri(path: &str) -> String {
    if path == "/" { "/".to_owned() } else { format!("{}(?:/|$)", path.replace('.', "[.]")) }
}

/// Whether a target is in normal form: [`NOT_NORMAL`] as code, for use without a gateway.
pub fn is_normal(target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let Some(rest) = path.strip_prefix('/') else { return false };
    let last = rest.matches('/').count();
    rest.split('/').enumerate().all(|(at, part)| match part {
        "" => at == last,
        "." | ".." => false,
        part => is_normal_part(part.as_bytes()),
    })
}

fn is_normal_part(part: &[u8]) -> bool {
    let mut rest = part;
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'%', [high, low, behind @ ..]) if is_normal_escape(*high, *low, behind) => behind,
            (b'%' | b';' | b'\\' | b'#', _) => return false,
            (b'!'..=b'~', _) => after,
            _ => return false,
        };
    }
    true
}

fn is_normal_escape(high: u8, low: u8, behind: &[u8]) -> bool {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let Some((high, low)) = digit(high).zip(digit(low)) else { return false };
    match high << 4 | low {
        b'%' => !matches!(behind, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()),
        0..=0x1f | 0x7f | b'/' | b'\\' | b';' | b'#' | b'?' | b'-' | b'.' | b'_' | b'~' => false,
        byte => !byte.is_ascii_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_normal_form() {
        for good in ["/", "/contacts", "/contacts/", "/Contacts/1?x=/../y//z", "/a%20b", "/%C3%BC", "/a%2Cb", "/100%25"]
        {
            assert!(is_normal(good), "{good}");
        }
        for bad in [
            "",
            "contacts",
            "*",
            "//",
            "//contacts",
            "/a//b",
            "/./a",
            "/a/..",
            "/a/../b",
            "/a/..?x",
            "/%2e/a",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a;b",
            "/a%3Bb",
            "/%63ontacts",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%00",
            "/a%0a",
            "/a%252e",
            "/ü",
            "/a b",
            "/a#b",
            "/%7E",
            "/a%7f",
            "/a%23",
            "/a%3F",
            "/contacts//",
        ] {
            assert!(!is_normal(bad), "{bad}");
        }
    }
}

//! The console's URL as a browser sees it. It decides whether cookies are `Secure`, whether HSTS is sent, and which
//! `Origin` is the console's own.

use http::Uri;

/// An origin: `https://keys.example.com` or `http://127.0.0.1:3000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    configured: bool,
}

impl PublicUrl {
    /// Parses an http(s) origin.
    ///
    /// # Errors
    /// A message for the operator.
    pub fn parse(text: &str) -> Result<Self, String> {
        const WANTED: &str = "must be an origin such as https://keys.example.com";
        let uri: Uri = text.parse().map_err(|_| WANTED.to_owned())?;
        let scheme = uri.scheme_str().unwrap_or_default();
        let default_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(format!("{WANTED}: http or https")),
        };
        let authority = uri.authority().ok_or(WANTED)?;
        if authority.as_str().contains('@') {
            return Err(format!("{WANTED}: no user name or password"));
        }
        // `port_u16` does not report an empty or invalid port, so the text after the host is checked too.
        let host = authority.host();
        let port_text = authority.as_str().get(host.len()..).unwrap_or_default();
        let port = authority.port_u16().filter(|port| *port > 0);
        if host.is_empty() || (!port_text.is_empty() && port.is_none()) {
            return Err(format!("{WANTED}: a host and, if wanted, a port"));
        }
        let path = uri.path_and_query().map_or("", |path| path.as_str());
        if !matches!(path, "" | "/") || text.contains('#') {
            return Err(format!("{WANTED}: no path, query or fragment"));
        }
        let host = host.to_ascii_lowercase();
        let origin = match port.filter(|port| *port != default_port) {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        Ok(Self { origin, configured: true })
    }

    /// The default: plain HTTP at the listener's address. Other names of this machine work as well.
    pub fn of_listener(address: std::net::SocketAddr) -> Self {
        Self { origin: format!("http://{address}"), configured: false }
    }

    /// As browsers send it in `Origin`: lower case, no default port, no trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers reach the console over TLS.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Whether the operator configured it. If not, the console's own origin is that of the request's `Host`.
    pub fn is_configured(&self) -> bool {
        self.configured
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_normalized() {
        for (typed, origin) in [
            ("https://keys.example.com", "https://keys.example.com"),
            ("https://Keys.Example.com:443/", "https://keys.example.com"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(PublicUrl::parse(typed).expect(typed).origin(), origin);
        }
    }

    #[test]
    fn invalid_origins_are_refused() {
        for typed in [
            "",
            "keys.example.com",
            "/settings",
            "ftp://keys.example.com",
            "javascript:alert(1)",
            "https://",
            "https://a@keys.example.com",
            "https://keys.example.com/console",
            "https://keys.example.com/?a",
            "https://keys.example.com/#a",
            "https://keys.example.com:",
            "https://keys.example.com:99999",
            "https://keys.example.com:0",
            "https://keys example.com",
        ] {
            assert!(PublicUrl::parse(typed).is_err(), "{typed}");
        }
    }
}

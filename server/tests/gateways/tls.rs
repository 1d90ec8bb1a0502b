//! TLS 1.2 or newer.

use std::process::{Command, Stdio};

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

/// Whether a handshake of this version succeeds. At security level 0 openssl offers what it refuses otherwise.
fn speaks(port: u16, version: &str) -> bool {
    let connect = format!("127.0.0.1:{port}");
    let arguments = ["s_client", "-connect", &connect, version, "-cipher", "DEFAULT@SECLEVEL=0", "-brief"];
    let done = Command::new("openssl").args(arguments).stdin(Stdio::null()).output().expect("openssl is there");
    let told = String::from_utf8_lossy(&done.stderr);
    done.status.success() && told.contains("CONNECTION ESTABLISHED")
}

async fn old_versions_are_refused(gateway: Gateway) {
    let place = Place::new(gateway).await;
    for (version, spoken) in [("-tls1_2", true), ("-tls1_3", true), ("-tls1_1", false), ("-tls1", false)] {
        assert_eq!(speaks(place.port, version), spoken, "{version}");
    }
    let mut plain = std::net::TcpStream::connect(("127.0.0.1", place.port)).expect("a connection");
    std::io::Write::write_all(&mut plain, b"GET /contacts HTTP/1.0\r\n\r\n").expect("bytes");
    let mut got = Vec::new();
    let _ = std::io::Read::read_to_end(&mut plain, &mut got);
    assert!(!got.starts_with(b"HTTP/1.1 200") && !got.starts_with(b"HTTP/1.0 200"), "not without TLS");
}

for_each_gateway!(old_versions_are_refused);

//! Only TLS 1.2 and newer are accepted.

use std::process::{Command, Stdio};

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

/// Whether a handshake of this version succeeds. Security level 0 makes openssl offer old versions.
fn accepts_version(port: u16, version: &str) -> bool {
    let connect = format!("127.0.0.1:{port}");
    let arguments = ["s_client", "-connect", &connect, version, "-cipher", "DEFAULT@SECLEVEL=0", "-brief"];
    let done = Command::new("openssl").args(arguments).stdin(Stdio::null()).output().expect("openssl is there");
    let output = String::from_utf8_lossy(&done.stderr);
    done.status.success() && output.contains("CONNECTION ESTABLISHED")
}

async fn tls_before_1_2_is_refused(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    for (version, is_accepted) in [("-tls1_2", true), ("-tls1_3", true), ("-tls1_1", false), ("-tls1", false)] {
        assert_eq!(accepts_version(deployment.port, version), is_accepted, "{version}");
    }
    let mut plain = std::net::TcpStream::connect(("127.0.0.1", deployment.port)).expect("a connection");
    std::io::Write::write_all(&mut plain, b"GET /contacts HTTP/1.0\r\n\r\n").expect("bytes");
    let mut got = Vec::new();
    let _ = std::io::Read::read_to_end(&mut plain, &mut got);
    assert!(!got.starts_with(b"HTTP/1.1 200") && !got.starts_with(b"HTTP/1.0 200"), "accepted without TLS");
}

for_each_gateway!(tls_before_1_2_is_refused);

//! A real nginx for the figures: two addresses, of which one asks the gate and the other a plain 200.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Stopped when dropped.
pub struct Nginx {
    pub address: SocketAddr,
    process: Child,
    _folder: TempDir,
}

impl Nginx {
    pub fn start(gate: SocketAddr) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = folder.path().display();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        for name in ["gate", "plain"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let location = |name: &str, asked: &str| {
            format!(
                "location = /{name} {{ auth_request /_{name}; }}
                 location = /_{name} {{
                     internal;
                     proxy_pass http://asked{asked};
                     proxy_http_version 1.1;
                     proxy_set_header Connection \"\";
                     proxy_set_header X-Forwarded-For $remote_addr;
                     proxy_set_header X-Original-URI $request_uri;
                     proxy_pass_request_body off;
                     proxy_set_header Content-Length \"\";
                 }}"
            )
        };
        let configuration = format!(
            "worker_processes 1; daemon off; pid {place}/pid; error_log {place}/error.log;
             events {{ worker_connections 1024; }}
             http {{
                 access_log off; keepalive_requests 1000000;
                 client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c;
                 uwsgi_temp_path {place}/d; scgi_temp_path {place}/e;
                 upstream asked {{ server {gate}; keepalive 64; keepalive_requests 1000000; }}
                 server {{ listen 127.0.0.1:{port}; root {place}; {} {} }}
             }}",
            location("gate", "/auth/nginx?privilege=orders:read"),
            location("plain", "/plain"),
        );
        std::fs::write(folder.path().join("nginx.conf"), configuration).expect("a configuration");
        // Its workers are another user's when root starts it.
        let public = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(folder.path(), public).expect("a readable folder");
        let process = Command::new("nginx")
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .spawn()
            .expect("nginx, of Debian's package nginx-light");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let end = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < end, "nginx does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { address, process, _folder: folder }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with it only after a signal.
        let told = Command::new("kill").arg(self.process.id().to_string()).status();
        if told.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

//! A real nginx with two locations: one makes an auth request to the gate, the other to the plain handler.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The running nginx; stopped when dropped.
pub struct Nginx {
    pub address: SocketAddr,
    process: Child,
    _folder: TempDir,
}

impl Nginx {
    pub fn start(gate: SocketAddr) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().display();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        for name in ["gate", "plain"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let location = |name: &str, path_on_gate: &str| {
            format!(
                "location = /{name} {{ auth_request /_{name}; }}
                 location = /_{name} {{
                     internal;
                     proxy_pass http://gate{path_on_gate};
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
            "worker_processes 1; daemon off; pid {path}/pid; error_log {path}/error.log;
             events {{ worker_connections 1024; }}
             http {{
                 access_log off; keepalive_requests 1000000;
                 client_body_temp_path {path}/a; proxy_temp_path {path}/b; fastcgi_temp_path {path}/c;
                 uwsgi_temp_path {path}/d; scgi_temp_path {path}/e;
                 upstream gate {{ server {gate}; keepalive 64; keepalive_requests 1000000; }}
                 server {{ listen 127.0.0.1:{port}; root {path}; {} {} }}
             }}",
            location("gate", "/auth/nginx?privilege=orders:read"),
            location("plain", "/plain"),
        );
        std::fs::write(folder.path().join("nginx.conf"), configuration).expect("a configuration");
        // Started by root, its workers run as another user.
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
        // SIGKILL would leave its workers running.
        let sent = Command::new("kill").arg(self.process.id().to_string()).status();
        if sent.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

//! A whole place: Keyhatch's gate, a gateway that asks it, and the server behind, each on ports of its own.

use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use adapters::{EndpointConfig, FastPath, GateEndpoints};
use domain::form::KeyForm;
use domain::policy::Policy;
use listener::ListenerLimits;
use secrecy::ExposeSecret as _;
use service::actor::Actor;
use service::{Keyhatch, Options, SystemClock, SystemRandom};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::caller::Caller;
use crate::process::Process;
use crate::upstream::Upstream;

/// The gateways that can be run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gateway {
    Nginx,
    Caddy,
    Haproxy,
}

impl Gateway {
    pub fn word(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
        }
    }

    fn start(self, folder: &Path) -> Process {
        let log = folder.join("gateway.log");
        let file = |name: &str| folder.join(name).display().to_string();
        match self {
            Self::Nginx => {
                let own = format!("daemon off; pid {};", file("nginx.pid"));
                Process::start(
                    "nginx",
                    &["-c", &file("nginx.conf"), "-e", &file("error.log"), "-g", &own],
                    folder,
                    &log,
                )
            }
            Self::Caddy => {
                let arguments = ["run", "--adapter", "caddyfile", "--config", &file("Caddyfile")];
                Process::start("caddy", &arguments, folder, &log)
            }
            Self::Haproxy => Process::start("haproxy", &["-db", "-f", &file("haproxy.cfg")], folder, &log),
        }
    }
}

/// What the gateway shows the gate, and nobody else may see.
pub const TOKEN: &str = "token-of-these-tests";

/// The routes of most tests: two privileges on one path, one without, everything else is not offered.
pub const ROUTES: &str = r#"
    [[gateway.routes]]
    method = "GET"
    path = "/contacts"
    privilege = "contacts:read"
    [[gateway.routes]]
    path = "/contacts"
    privilege = "contacts:write"
    [[gateway.routes]]
    path = "/hold"
"#;

pub struct Place {
    pub keyhatch: Keyhatch,
    pub account: String,
    pub upstream: Upstream,
    pub caller: Caller,
    pub port: u16,
    pub gate_port: u16,
    gate: Option<JoinHandle<()>>,
    gateway: Process,
    folder: TempDir,
}

impl Place {
    pub async fn new(gateway: Gateway) -> Self {
        Self::with(gateway, ROUTES).await
    }

    /// `settings` go behind those of `[gateway]`.
    pub async fn with(gateway: Gateway, settings: &str) -> Self {
        Self::behind("", gateway, settings).await
    }

    /// With another proxy in front.
    pub async fn behind(proxies: &str, gateway: Gateway, settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        certificate(path);
        let keyhatch = open(path).await;
        let account = keyhatch.accounts().create(&Actor::Operator, "Acme", None).await.expect("an account");
        let upstream = Upstream::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let gate_port = listener.local_addr().expect("an address").port();
        let port = free_port();
        print(path, gateway, [proxies, settings], [port, gate_port, upstream.port]);
        let mut process = gateway.start(path);
        answers(port, &mut process, path);
        let caller = Caller::new(SocketAddr::from(([127, 0, 0, 1], port)), &path.join("server.crt"));
        let gate = Some(serve(listener, keyhatch.clone(), proxies));
        Self { keyhatch, account, upstream, caller, port, gate_port, gate, gateway: process, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The value of a new key.
    pub async fn key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> String {
        let form = KeyForm {
            name: name.to_owned(),
            whitelist: whitelist.to_owned(),
            all_privileges: privileges == ["*"],
            privileges: privileges.iter().filter(|one| **one != "*").map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        self.issue(&form).await
    }

    /// The value of a new key of this form.
    pub async fn issue(&self, form: &KeyForm) -> String {
        let issued = self.keyhatch.keys().create(&Actor::Operator, &self.account, form).await;
        issued.expect("a key").secret.expose_secret().to_owned()
    }

    /// Ends the gate. Its port is free afterwards.
    pub async fn stop_gate(&mut self) {
        if let Some(gate) = self.gate.take() {
            gate.abort();
            let _ = gate.await;
        }
    }

    /// Starts nginx with another configuration in place of the printed one, and waits until it answers.
    pub fn replace_nginx(&mut self, text: &str) {
        let log = self.folder().join("gateway.log");
        std::fs::write(self.folder().join("nginx.conf"), text).expect("a file");
        // The old one first, or the port is taken.
        self.gateway = Process::start("true", &[], self.folder.path(), &log);
        self.gateway = Gateway::Nginx.start(self.folder.path());
        answers(self.port, &mut self.gateway, self.folder.path());
    }

    pub fn gateway_runs(&mut self) -> bool {
        !self.gateway.has_ended()
    }
}

async fn open(folder: &Path) -> Keyhatch {
    let options = Options {
        data_dir: folder.join("data"),
        database_url: None,
        pepper: None,
        policy: Policy::default(),
        clock: Box::new(SystemClock),
        random: Box::new(SystemRandom),
        durable: false,
    };
    Keyhatch::open(options).await.expect("an empty folder opens")
}

fn serve(listener: TcpListener, keyhatch: Keyhatch, proxies: &str) -> JoinHandle<()> {
    let trusted_proxies = domain::TrustedProxies::parse(proxies).expect("proxies").to_vec();
    let config = EndpointConfig { trusted_proxies, token: Some(TOKEN.into()), key_prefix: "kh".to_owned() };
    let handler = FastPath::new(GateEndpoints::new(keyhatch, config), |routes| routes);
    tokio::spawn(listener::serve(listener, handler, ListenerLimits::default(), std::future::pending()))
}

/// Runs `keyhatch gateway`, as an operator would.
fn print(folder: &Path, gateway: Gateway, [proxies, settings]: [&str; 2], [port, gate, upstream]: [u16; 3]) {
    let here = folder.display();
    let mut text = format!(
        "gate_addr = \"127.0.0.1:{gate}\"\ngate_token = \"{TOKEN}\"\ntrusted_proxies = \"{proxies}\"\n[gateway]\nlisten = \"127.0.0.1:{port}\"\nupstream = \"127.0.0.1:{upstream}\"\n\
         certificate = \"{here}/server.crt\"\ncertificate_key = \"{here}/server.key\"\ngate_timeout_seconds = 1\n"
    );
    writeln!(text, "{settings}").expect("writing to a string cannot fail");
    std::fs::write(folder.join("keyhatch.toml"), text).expect("a file");
    let done = Command::new(env!("CARGO_BIN_EXE_keyhatch"))
        .args(["gateway", gateway.word(), "--output", "."])
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Signed by itself, for `localhost`.
fn certificate(folder: &Path) {
    let arguments = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout server.key \
                     -out server.crt -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -addext \
                     basicConstraints=critical,CA:FALSE";
    let done = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(done.expect("openssl is there").success());
}

pub fn free_port() -> u16 {
    StdListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn answers(port: u16, process: &mut Process, folder: &Path) {
    let began = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        let log = || {
            let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            format!("{}{}", read("gateway.log"), read("error.log"))
        };
        assert!(!process.has_ended(), "the gateway ended: {}", log());
        assert!(began.elapsed() < Duration::from_secs(15), "the gateway does not listen: {}", log());
        std::thread::sleep(Duration::from_millis(10));
    }
}

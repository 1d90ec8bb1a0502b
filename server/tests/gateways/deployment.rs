//! A whole deployment: Keyhatch's gate, a gateway that asks it, and the upstream, each on ports of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use adapters::{EndpointConfig, FastPath, GateEndpoints};
use domain::form::KeyForm;
use listener::ListenerLimits;
use secrecy::ExposeSecret as _;
use service::Keyhatch;
use test_support::{ProgramFolder, TestApp, free_port};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::gateway_process::GatewayProcess;
use crate::raw_client::RawClient;
use crate::upstream::Upstream;

/// The gateways that can be run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gateway {
    Nginx,
    Caddy,
    Haproxy,
}

impl Gateway {
    fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
        }
    }

    fn start(self, folder: &Path) -> GatewayProcess {
        let log = folder.join("gateway.log");
        let file = |name: &str| folder.join(name).display().to_string();
        match self {
            Self::Nginx => {
                let own = format!("daemon off; pid {};", file("nginx.pid"));
                GatewayProcess::start(
                    "nginx",
                    &["-c", &file("nginx.conf"), "-e", &file("error.log"), "-g", &own],
                    folder,
                    &log,
                )
            }
            Self::Caddy => {
                let arguments = ["run", "--adapter", "caddyfile", "--config", &file("Caddyfile")];
                GatewayProcess::start("caddy", &arguments, folder, &log)
            }
            Self::Haproxy => GatewayProcess::start("haproxy", &["-db", "-f", &file("haproxy.cfg")], folder, &log),
        }
    }
}

/// What the gateway sends to the gate alone.
pub const TOKEN: &str = "token-of-these-tests";

/// The routes of most tests: two privileges for one path, one route without; other paths are refused.
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

pub struct Deployment {
    pub app: TestApp,
    /// The folder of the configurations, with the program that printed them.
    pub program: ProgramFolder,
    pub upstream: Upstream,
    pub client: RawClient,
    pub port: u16,
    pub gate_port: u16,
    gate: Option<JoinHandle<()>>,
    gateway: GatewayProcess,
}

impl Deployment {
    pub async fn new(gateway: Gateway) -> Self {
        Self::with(gateway, ROUTES).await
    }

    /// `settings` go behind those of `[gateway]`.
    pub async fn with(gateway: Gateway, settings: &str) -> Self {
        Self::behind("", gateway, settings).await
    }

    /// With another proxy in front.
    pub async fn behind(proxies: &str, gateway: Gateway, settings: &str) -> Self {
        let app = TestApp::builder().system_clock_and_randomness().build().await;
        let program = ProgramFolder::new(env!("CARGO_BIN_EXE_keyhatch"));
        let path = program.path();
        create_certificate(path);
        let upstream = Upstream::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let gate_port = listener.local_addr().expect("an address").port();
        let port = free_port();
        write_policy(&app, path, [proxies, settings], [port, gate_port, upstream.port]);
        let done = program.run(&["gateway", gateway.name(), "--output", "."]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut process = gateway.start(path);
        wait_until_listening(port, &mut process, path);
        let client = RawClient::new(SocketAddr::from(([127, 0, 0, 1], port)), &path.join("server.crt"));
        let gate = Some(serve(listener, app.keyhatch.clone(), proxies));
        Self { app, upstream, client, port, gate_port, gate, gateway: process, program }
    }

    pub fn folder(&self) -> &Path {
        self.program.path()
    }

    /// Creates a key and returns its secret; `["*"]` means all privileges.
    pub async fn create_key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> String {
        self.app.create_restricted_key(name, whitelist, privileges).await.secret.expose_secret().to_owned()
    }

    /// Creates a key of this form and returns its secret.
    pub async fn create_key_with(&self, form: &KeyForm) -> String {
        self.app.create_key_with(form).await.secret.expose_secret().to_owned()
    }

    /// Stops the gate and frees its port.
    pub async fn stop_gate(&mut self) {
        if let Some(gate) = self.gate.take() {
            gate.abort();
            let _ = gate.await;
        }
    }

    /// Restarts nginx with another configuration, and waits until it listens.
    pub fn replace_nginx(&mut self, text: &str) {
        let log = self.folder().join("gateway.log");
        std::fs::write(self.folder().join("nginx.conf"), text).expect("a file");
        // Stops the old one first, to free the port.
        self.gateway = GatewayProcess::start("true", &[], self.folder(), &log);
        self.gateway = Gateway::Nginx.start(self.folder());
        wait_until_listening(self.port, &mut self.gateway, self.program.path());
    }

    pub fn is_gateway_running(&mut self) -> bool {
        !self.gateway.has_ended()
    }
}

fn serve(listener: TcpListener, keyhatch: Keyhatch, proxies: &str) -> JoinHandle<()> {
    let trusted_proxies = domain::TrustedProxies::parse(proxies).expect("proxies").to_vec();
    let config = EndpointConfig { trusted_proxies, token: Some(TOKEN.into()), key_prefix: "kh".to_owned() };
    let handler = FastPath::new(GateEndpoints::new(keyhatch, config), |routes| routes);
    tokio::spawn(listener::serve(listener, handler, ListenerLimits::default(), std::future::pending()))
}

/// Writes the configuration file that the commands read.
fn write_policy(app: &TestApp, folder: &Path, [proxies, settings]: [&str; 2], [port, gate, upstream]: [u16; 3]) {
    let (data, here) = (app.data_dir().display(), folder.display());
    let text = format!(
        "data_dir = \"{data}\"\ngate_addr = \"127.0.0.1:{gate}\"\ngate_token = \"{TOKEN}\"\n\
         trusted_proxies = \"{proxies}\"\n[gateway]\nlisten = \"127.0.0.1:{port}\"\n\
         upstream = \"127.0.0.1:{upstream}\"\ncertificate = \"{here}/server.crt\"\n\
         certificate_key = \"{here}/server.key\"\ngate_timeout_seconds = 1\n{settings}\n"
    );
    std::fs::write(folder.join("keyhatch.toml"), text).expect("a file");
}

/// Self-signed, for `localhost`.
fn create_certificate(folder: &Path) {
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

fn wait_until_listening(port: u16, process: &mut GatewayProcess, folder: &Path) {
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

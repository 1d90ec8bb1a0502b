//! The measured process: it serves the real console and the real gate, and on the gate's listener a plain handler that
//! returns an empty 200.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use axum::routing::any;
use console::PublicUrl;
use console::{Assets, ConsoleConfig};
// For its allocator.
use adapters::{EndpointConfig, FastPath, GateEndpoints};
use listener::ListenerLimits;
use server as _;
use tokio::net::TcpListener;

use crate::data::{self, Dataset};

/// Makes this program serve the data directory that it names.
pub const DATA_DIR_VARIABLE: &str = "KEYHATCH_FIGURES_SERVE";

/// The running process; killed when dropped.
pub struct ServerProcess {
    process: std::process::Child,
    pub console: SocketAddr,
    pub gate: SocketAddr,
}

impl ServerProcess {
    pub fn start(dataset: &Dataset) -> Self {
        let own = std::env::current_exe().expect("this program's path");
        let mut process = Command::new(own)
            .env(DATA_DIR_VARIABLE, dataset.data_dir())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts again");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let mut address = || lines.next().expect("an address").expect("text").parse().expect("an address");
        let (console, gate) = (address(), address());
        Self { process, console, gate }
    }

    /// Resident memory in MiB, as the kernel counts it.
    pub fn resident_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("its status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its resident memory");
        let kib: f64 = line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
        kib / 1024.0
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn run() {
    let folder = std::env::var_os(DATA_DIR_VARIABLE).expect("a data directory");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async move {
        let keyhatch = data::open(folder.as_ref()).await;
        keyhatch.start_background();
        let console_listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let gate_listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = console_listener.local_addr().expect("an address");
        println!("{address}\n{}", gate_listener.local_addr().expect("an address"));
        let config = ConsoleConfig {
            public_url: PublicUrl::of_listener(address),
            trusted_proxies: Vec::new(),
            mailer: None,
            texts: i18n::MessageCatalogue::default(),
        };
        let console = console::router(keyhatch.clone(), &config, &Assets::embedded());
        let gate_config = EndpointConfig { trusted_proxies: Vec::new(), token: None, key_prefix: "kh".to_owned() };
        let gate =
            FastPath::new(GateEndpoints::new(keyhatch, gate_config), |routes| routes.route("/plain", any(async || "")));
        let limits = ListenerLimits::default();
        let console = tokio::spawn(listener::serve(console_listener, console, limits, std::future::pending()));
        let gate = listener::serve(gate_listener, gate, limits, std::future::pending());
        let _ = tokio::join!(console, gate);
    });
}

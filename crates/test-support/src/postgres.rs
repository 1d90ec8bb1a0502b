//! A separate PostgreSQL database for each test, dropped at its end.
//!
//! `KEYHATCH_TEST_POSTGRES_URL` names a server and a superuser. Without it, a temporary cluster is started from the
//! installed binaries.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, Weak};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

const SERVER_VARIABLE: &str = "KEYHATCH_TEST_POSTGRES_URL";

/// An empty database. Dropping this value drops it on the server, even while connections are open.
pub struct PostgresDatabase {
    server: String,
    name: String,
    url: String,
    _cluster: Option<Arc<Cluster>>,
}

impl PostgresDatabase {
    /// Creates a database with a name of its own.
    ///
    /// # Panics
    /// If there is neither a server nor a way to start one: a test that cannot run must fail.
    pub fn create() -> Self {
        let (server, cluster) = if let Ok(url) = std::env::var(SERVER_VARIABLE) {
            (url, None)
        } else {
            let cluster = Cluster::shared();
            (cluster.url.clone(), Some(cluster))
        };
        let name = unique_name();
        run_sql(&server, format!("CREATE DATABASE {name}"));
        Self { url: with_database(&server, &name), server, name, _cluster: cluster }
    }

    /// `postgres://…`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        run_sql(&self.server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn unique_name() -> String {
    // The operating system seeds it for each process.
    let random = RandomState::new().build_hasher().finish();
    format!("keyhatch_test_{}_{random:x}", std::process::id())
}

/// Replaces the database in the address of a server.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) =
        server.split_once('?').map_or((server, String::new()), |(address, options)| (address, format!("?{options}")));
    let host = address.find("://").expect("an address has a scheme") + 3;
    let end = address[host..].find('/').map_or(address.len(), |slash| host + slash);
    format!("{}/{name}{options}", &address[..end])
}

/// Runs in its own thread, because a test's runtime can neither be blocked nor, while unwinding, be awaited.
fn run_sql(server: &str, sql: String) {
    let server = server.to_owned();
    let done = std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts").block_on(async {
            let mut connection = PgConnection::connect(&server).await?;
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            connection.close().await
        })
    });
    let done = done.join().expect("the thread does not panic");
    if let Err(error) = done {
        assert!(std::thread::panicking(), "PostgreSQL: {error}");
    }
}

/// A server in a temporary folder on a free port of the loopback interface; stopped when dropped.
struct Cluster {
    url: String,
    folder: tempfile::TempDir,
    bin: PathBuf,
}

impl Cluster {
    /// One cluster for all tests of a process.
    fn shared() -> Arc<Self> {
        static RUNNING: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let cluster = Arc::new(Self::start());
            *running = Arc::downgrade(&cluster);
            cluster
        })
    }

    fn start() -> Self {
        let bin = find_binaries();
        let folder = tempfile::Builder::new().prefix("keyhatch-postgres-").tempdir().expect("a temporary folder");
        if is_root() {
            // PostgreSQL refuses to run as root.
            let path = folder.path().to_string_lossy().into_owned();
            run_command(Command::new("chown").args(["postgres", &path]));
        }
        let data = folder.path().join("data");
        run_command(
            command_as_owner(&bin.join("initdb"))
                .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"])
                .args(["--no-sync", "-D"])
                .arg(&data),
        );
        let port = start_server(&bin, &data, folder.path());
        Self { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), folder, bin }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = command_as_owner(&self.bin.join("pg_ctl"))
            .args(["stop", "-m", "immediate", "-w", "-D"])
            .arg(self.folder.path().join("data"))
            .output();
        if !stopped.is_ok_and(|output| output.status.success()) {
            eprintln!("PostgreSQL in {} may still be running", self.folder.path().display());
        }
    }
}

/// Retries, because another process may take the free port before the server does.
fn start_server(bin: &Path, data: &Path, folder: &Path) -> u16 {
    for _ in 0..5 {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
             -c fsync=off -c max_connections=200"
        );
        let started = command_as_owner(&bin.join("pg_ctl"))
            .args(["start", "-w", "-D"])
            .arg(data)
            .arg("-l")
            .arg(folder.join("log"))
            .args(["-o", &options])
            .status();
        if started.is_ok_and(|status| status.success()) {
            return port;
        }
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    panic!("PostgreSQL does not start: {log}");
}

fn find_binaries() -> PathBuf {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    folders.extend(debian.flatten().map(|version| version.path().join("bin")));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
        .unwrap_or_else(|| panic!("set {SERVER_VARIABLE}, or install PostgreSQL's initdb and pg_ctl"))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn command_as_owner(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // That user may not be allowed to enter the folder that the test runs in.
    command.current_dir("/").stdout(std::process::Stdio::null());
    command
}

fn run_command(command: &mut Command) {
    let status = command.status().expect("the program can be run");
    assert!(status.success(), "{command:?}: {status}");
}

//! The program in a folder of its own: single commands, and the server until it is stopped or killed.

use std::fs::{self, File};
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub const PASSWORD: &str = "correct-horse-battery-staple-7";
pub const EMAIL: &str = "owner@example.com";

/// A working directory with its settings, and the program to be run there.
pub struct Place {
    folder: TempDir,
    program: PathBuf,
    variables: Vec<(String, String)>,
}

impl Place {
    pub fn new() -> Self {
        Self::with_program(Path::new(env!("CARGO_BIN_EXE_keyhatch")))
    }

    pub fn with_program(program: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, program: program.to_owned(), variables: Vec::new() }
    }

    pub fn set(&mut self, variable: &str, value: &str) {
        self.variables.push((variable.to_owned(), value.to_owned()));
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// In the data directory.
    pub fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join("data").join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(&self.program, arguments)
    }

    fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_clear().stdin(Stdio::null()).args(arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// What a command that must succeed printed.
    pub fn made(&self, arguments: &[&str]) -> serde_json::Value {
        made(&self.run(arguments))
    }

    /// An account and its owner, by the command line. Answers the account's id.
    pub fn account(&self) -> String {
        let account = self.made(&["account", "create", "--name", "Acme"])["id"].as_str().unwrap().to_owned();
        self.member(&account, EMAIL, "owner");
        account
    }

    pub fn member(&self, account: &str, email: &str, role: &str) {
        let arguments = ["member", "create", "--account", account, "--email", email, "--role", role];
        made(&self.run_with_input(&arguments, &format!("{PASSWORD}\n")));
    }

    /// Starts the server on free ports and waits until it says where it is.
    pub fn serve(&self) -> Server {
        self.serve_with(&self.program)
    }

    /// The same with another program, such as a script that starts this one.
    pub fn serve_with(&self, program: &Path) -> Server {
        let (stdout, stderr) = (self.path().join("stdout.log"), self.path().join("stderr.log"));
        let before = fs::read(&stdout).map_or(0, |text| text.len());
        let append = |path: &Path| File::options().append(true).create(true).open(path).unwrap();
        let arguments = ["serve", "--console-addr", "127.0.0.1:0", "--gate-addr", "127.0.0.1:0"];
        let mut command = self.command_of(program, &arguments);
        let child = command.stdout(append(&stdout)).stderr(append(&stderr)).spawn().unwrap();
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Server { child, console: nowhere, gate: nowhere, stdout, before };
        until("the server says where it is", || {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("{status}: {}", fs::read_to_string(&stderr).unwrap());
            }
            server.line("Console").is_some() && server.line("Gate").is_some()
        });
        server.console = server.address("Console");
        server.gate = server.address("Gate");
        server
    }
}

/// What a command that must succeed printed.
pub fn made(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    pub console: SocketAddr,
    pub gate: SocketAddr,
    stdout: PathBuf,
    before: usize,
}

impl Server {
    /// What it has printed so far.
    pub fn printed(&self) -> String {
        String::from_utf8(fs::read(&self.stdout).unwrap()[self.before..].to_vec()).unwrap()
    }

    /// A line that has arrived whole.
    fn line(&self, begins: &str) -> Option<String> {
        let printed = self.printed();
        let whole = printed.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        whole.into_iter().find(|line| line.starts_with(begins)).map(ToOwned::to_owned)
    }

    fn address(&self, name: &str) -> SocketAddr {
        self.line(name).unwrap().rsplit_once("http://").unwrap().1.parse().unwrap()
    }

    /// The path of the link that the first start prints, last of all.
    pub fn set_up_path(&self) -> String {
        let origin = format!("http://{}", self.console);
        until("the set-up link is printed", || self.line(&format!("{origin}/setup")).is_some());
        self.line(&origin).unwrap()[origin.len()..].to_owned()
    }

    /// What the kernel says about the process: `status`, `fd` and so on.
    pub fn proc(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.child.id().to_string()).join(name)
    }

    /// The process's number, for whoever cannot have the server to itself.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; must end well.
    pub fn stop(&mut self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds, at most ten seconds: far longer than anything that is waited for takes.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(3));
    }
}

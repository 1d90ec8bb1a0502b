//! The program as a child process: single commands, and the server until it is stopped or killed. Whose binary it is,
//! the test says: `env!("CARGO_BIN_EXE_keyhatch")`.

use crate::wait::wait_until_blocking;
use std::fs::{self, File};
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// A working directory with its settings, and the program to run there.
pub struct ProgramFolder {
    folder: TempDir,
    program: PathBuf,
    variables: Vec<(String, String)>,
}

impl ProgramFolder {
    /// An empty folder, and an environment without variables.
    #[must_use]
    pub fn new(program: impl AsRef<Path>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, program: program.as_ref().to_owned(), variables: Vec::new() }
    }

    /// Sets an environment variable for every command from now on.
    pub fn set_variable(&mut self, variable: &str, value: &str) {
        self.variables.push((variable.to_owned(), value.to_owned()));
    }

    /// The working directory.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the data directory, which is `data` unless a variable says otherwise.
    pub fn data_file(&self, name: &str) -> PathBuf {
        self.folder.path().join("data").join(name)
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(&self.program, arguments).output().unwrap()
    }

    /// Runs a command to its end, with this text as its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(&self.program, arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// The JSON printed by a command that must succeed.
    pub fn run_for_json(&self, arguments: &[&str]) -> serde_json::Value {
        parse_output(&self.run(arguments))
    }

    /// Creates an account with the command line and returns its id.
    pub fn create_account(&self, name: &str) -> String {
        let account = self.run_for_json(&["account", "create", "--name", name]);
        account["id"].as_str().unwrap().to_owned()
    }

    /// Creates a member with the command line.
    pub fn create_member(&self, account: &str, email: &str, role: &str, password: &str) {
        let arguments = ["member", "create", "--account", account, "--email", email, "--role", role];
        parse_output(&self.run_with_input(&arguments, &format!("{password}\n")));
    }

    /// Starts the server on free ports and waits until it prints its addresses.
    pub fn serve(&self) -> RunningProgram {
        self.serve_with(&self.program)
    }

    /// The same with another program, such as a script that starts this one.
    pub fn serve_with(&self, program: &Path) -> RunningProgram {
        let (stdout, stderr) = (self.path().join("stdout.log"), self.path().join("stderr.log"));
        let skipped = fs::read(&stdout).map_or(0, |text| text.len());
        let append = |path: &Path| File::options().append(true).create(true).open(path).unwrap();
        let arguments = ["serve", "--console-addr", "127.0.0.1:0", "--gate-addr", "127.0.0.1:0"];
        let mut command = self.command(program, &arguments);
        let child = command.stdout(append(&stdout)).stderr(append(&stderr)).spawn().unwrap();
        let unknown = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = RunningProgram { child, console: unknown, gate: unknown, stdout, skipped };
        wait_until_blocking("the server prints its addresses", || {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("{status}: {}", fs::read_to_string(&stderr).unwrap());
            }
            server.line("Console").is_some() && server.line("Gate").is_some()
        });
        server.console = server.address("Console");
        server.gate = server.address("Gate");
        server
    }

    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_clear().stdin(Stdio::null()).args(arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// The JSON printed by a command that must have succeeded.
pub fn parse_output(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A port that was free a moment ago.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port()
}

/// A running server; killed when dropped.
pub struct RunningProgram {
    child: Child,
    /// Where the console listens.
    pub console: SocketAddr,
    /// Where the gate listens.
    pub gate: SocketAddr,
    stdout: PathBuf,
    /// What an earlier server printed to the same file, in bytes.
    skipped: usize,
}

impl RunningProgram {
    /// What it has printed so far.
    pub fn printed(&self) -> String {
        String::from_utf8(fs::read(&self.stdout).unwrap()[self.skipped..].to_vec()).unwrap()
    }

    /// The path of the set-up link, which the first start prints last.
    pub fn set_up_path(&self) -> String {
        let origin = format!("http://{}", self.console);
        wait_until_blocking("the set-up link is printed", || self.line(&format!("{origin}/setup")).is_some());
        self.line(&origin).unwrap()[origin.len()..].to_owned()
    }

    /// A file of the kernel about the process, such as `status` or `fd`.
    pub fn proc_path(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.child.id().to_string()).join(name)
    }

    /// The process id, for a thread that cannot borrow the server.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; the process must exit with success.
    pub fn stop(&mut self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }

    /// The first complete line with this beginning.
    fn line(&self, beginning: &str) -> Option<String> {
        let printed = self.printed();
        let mut complete = printed.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        complete.find(|line| line.starts_with(beginning)).map(ToOwned::to_owned)
    }

    fn address(&self, name: &str) -> SocketAddr {
        self.line(name).unwrap().rsplit_once("http://").unwrap().1.parse().unwrap()
    }
}

impl Drop for RunningProgram {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

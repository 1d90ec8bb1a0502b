//! A gateway as a child process: stopped when dropped, and killed if it does not stop.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct GatewayProcess(Child);

impl GatewayProcess {
    /// Starts a program whose messages go to `log`.
    pub fn start(program: &str, arguments: &[&str], folder: &Path, log: &Path) -> Self {
        let log = File::create(log).expect("a log");
        let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
        let child = Command::new(program)
            .args(arguments)
            // The configuration must not depend on the working directory.
            .current_dir("/")
            .env("PATH", path)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_CONFIG_HOME", folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn();
        Self(child.unwrap_or_else(|error| panic!("{program}: {error}; scripts/tools.sh test installs it")))
    }

    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for GatewayProcess {
    fn drop(&mut self) {
        // SIGKILL would leave nginx's workers running.
        let _ = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let began = Instant::now();
        while !self.has_ended() {
            if began.elapsed() > Duration::from_secs(3) {
                let _ = self.0.kill();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

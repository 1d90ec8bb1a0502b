//! The program with fewer file descriptors than clients: it keeps serving, and recovers when connections close.

use crate::program::program_folder_with_owner;
use crate::requests::{Connector, verify};
use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use test_support::wait_until_blocking;

const DESCRIPTORS: usize = 100;

#[test]
fn server_recovers_from_exhausted_file_descriptors() {
    let (folder, account) = program_folder_with_owner();
    let created = folder.run_for_json(&["key", "create", "--account", &account, "--name", "Kept"]);
    let key = created["key"].as_str().unwrap();
    let limited = folder.path().join("limited");
    let script = format!("#!/bin/sh\nulimit -n {DESCRIPTORS}\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_keyhatch"));
    fs::write(&limited, script).unwrap();
    fs::set_permissions(&limited, fs::Permissions::from_mode(0o700)).unwrap();

    let server = folder.serve_with(&limited);
    assert_eq!(verify(&server, key, "203.0.113.7")["code"], "VALID");
    // Raw sockets: they send nothing.
    let silent: Vec<TcpStream> = (0..3 * DESCRIPTORS).map(|_| TcpStream::connect(server.gate).unwrap()).collect();
    let log = || fs::read_to_string(folder.path().join("stderr.log")).unwrap();
    wait_until_blocking("the descriptors are used up", || log().contains("accept failed"));
    let gate = Connector::new(server.gate);
    for _ in 0..3 {
        assert_eq!(gate.get("/healthz").unwrap().status, 200, "silent connections were evicted");
    }
    assert_eq!(verify(&server, key, "203.0.113.7")["code"], "VALID");
    drop(silent);
    let console = Connector::new(server.console);
    wait_until_blocking("the console responds", || {
        console.get("/sign-in").is_ok_and(|response| response.status == 200)
    });
    assert_eq!(verify(&server, key, "203.0.113.7")["code"], "VALID");
}

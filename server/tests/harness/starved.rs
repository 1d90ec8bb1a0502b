//! The real program with too few descriptors for its clients: it goes on, and is well again when there is room.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;

use crate::client::send;
use crate::console::verify;
use crate::program::{Place, until};

const DESCRIPTORS: usize = 100;

#[test]
fn without_descriptors_it_goes_on() {
    let place = Place::new();
    let account = place.account();
    let key =
        place.made(&["key", "create", "--account", &account, "--name", "Kept"])["key"].as_str().unwrap().to_owned();
    let narrow = place.path().join("narrow");
    let script = format!("#!/bin/sh\nulimit -n {DESCRIPTORS}\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_keyhatch"));
    fs::write(&narrow, script).unwrap();
    fs::set_permissions(&narrow, fs::Permissions::from_mode(0o700)).unwrap();

    let server = place.serve_with(&narrow);
    assert_eq!(verify(&server, &key, "203.0.113.7")["code"], "VALID");
    let silent: Vec<TcpStream> = (0..3 * DESCRIPTORS).map(|_| TcpStream::connect(server.gate).unwrap()).collect();
    let printed = || fs::read_to_string(place.path().join("stderr.log")).unwrap();
    until("the descriptors are used up", || printed().contains("no connection could be accepted"));
    for _ in 0..3 {
        assert_eq!(send(server.gate, "GET /healthz", &[], b"").unwrap().status, 200, "silent ones made room");
    }
    assert_eq!(verify(&server, &key, "203.0.113.7")["code"], "VALID");
    drop(silent);
    until("the console is well too", || {
        send(server.console, "GET /sign-in", &[], b"").is_ok_and(|it| it.status == 200)
    });
    assert_eq!(verify(&server, &key, "203.0.113.7")["code"], "VALID");
}

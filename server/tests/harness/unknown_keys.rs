//! Keys that were never created, well formed down to the checksum, must not grow the program's memory.

use crate::program::program_folder_with_owner;
use domain::key::{Environment, KeyFormat, PublicId};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use test_support::{RunningProgram, repetitions};

const CLIENTS: usize = 8;
const GROWTH_KIB_MAX: u64 = 64 * 1024;

#[test]
fn unknown_keys_use_no_memory() {
    let keys = repetitions("KEYHATCH_UNKNOWN_KEYS", 30_000);
    let (folder, _) = program_folder_with_owner();
    let server = folder.serve();
    // Buffers and the like, which any load needs.
    present_all(server.gate, 1_000, 0);
    let before = resident_kib(&server);
    present_all(server.gate, keys, 1_000);
    let growth = resident_kib(&server).saturating_sub(before);
    println!("{keys} unknown keys: {growth} KiB");
    assert!(growth <= GROWTH_KIB_MAX, "{growth} KiB");
}

fn resident_kib(server: &RunningProgram) -> u64 {
    let status = fs::read_to_string(server.proc_path("status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn present_all(gate: SocketAddr, keys: usize, first: usize) {
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            scope.spawn(move || present(gate, (client..keys).step_by(CLIENTS).map(|number| first + number)));
        }
    });
}

/// A raw socket: a million requests need one kept connection for each client, and no more than writing and reading.
fn present(gate: SocketAddr, keys: impl Iterator<Item = usize>) {
    let format = KeyFormat::new("kh").unwrap();
    let mut stream = TcpStream::connect(gate).unwrap();
    stream.set_nodelay(true).unwrap();
    for number in keys {
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&(number as u64).to_le_bytes());
        let id = PublicId::parse(&format!("No{number:08}")).unwrap();
        let key = format.compose(Environment::Live, &id, &secret);
        let request = format!(
            "GET /auth/nginx HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 203.0.113.7\r\nauthorization: ApiKey {key}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let response = read_head(&mut stream);
        assert!(response.starts_with("HTTP/1.1 401") && response.contains("NOT_FOUND"), "{response}");
    }
}

/// A response without a body.
fn read_head(stream: &mut TcpStream) -> String {
    let (mut response, mut part) = (Vec::new(), [0; 1024]);
    while !response.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "the program closed the connection");
        response.extend_from_slice(&part[..length]);
    }
    String::from_utf8(response).unwrap()
}

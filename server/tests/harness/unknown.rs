//! Somebody who makes up keys, well formed down to the checksum, costs the program no memory.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use domain::key::{Environment, KeyFormat, PublicId};

use crate::program::{Place, Server};

/// So many keys are made up, unless the variable says otherwise.
const KEYS: &str = "KEYHATCH_UNKNOWN_KEYS";
const CLIENTS: u32 = 8;
const MOST_KIB: u64 = 64 * 1024;

#[test]
fn unknown_keys_cost_no_memory() {
    let keys: u32 = std::env::var(KEYS).map_or(30_000, |keys| keys.parse().unwrap());
    let place = Place::new();
    place.account();
    let server = place.serve();
    // What the program needs for being busy at all is not the matter here.
    ask_all(server.gate, 1_000, 0);
    let before = resident_kib(&server);
    ask_all(server.gate, keys, 1_000);
    let grown = resident_kib(&server).saturating_sub(before);
    println!("{keys} unknown keys: {grown} KiB");
    assert!(grown <= MOST_KIB, "{grown} KiB");
}

fn resident_kib(server: &Server) -> u64 {
    let status = fs::read_to_string(server.proc("status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn ask_all(gate: SocketAddr, keys: u32, first: u32) {
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            scope.spawn(move || ask(gate, (client..keys).step_by(CLIENTS as usize).map(|at| first + at)));
        }
    });
}

fn ask(gate: SocketAddr, keys: impl Iterator<Item = u32>) {
    let format = KeyFormat::new("kh").unwrap();
    let mut stream = TcpStream::connect(gate).unwrap();
    stream.set_nodelay(true).unwrap();
    for number in keys {
        let mut secret = [0; 32];
        secret[..4].copy_from_slice(&number.to_le_bytes());
        let id = PublicId::parse(&format!("No{number:08}")).unwrap();
        let key = format.compose(Environment::Live, &id, &secret);
        let request = format!(
            "GET /auth/nginx HTTP/1.1\r\nhost: a\r\nx-forwarded-for: 203.0.113.7\r\nauthorization: ApiKey {key}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let answer = head(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("NOT_FOUND"), "{answer}");
    }
}

/// An answer without a body.
fn head(stream: &mut TcpStream) -> String {
    let (mut answer, mut part) = (Vec::new(), [0; 1024]);
    while !answer.ends_with(b"\r\n\r\n") {
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "the program closed the connection");
        answer.extend_from_slice(&part[..length]);
    }
    String::from_utf8(answer).unwrap()
}

//! How long the delivered program takes from its start to the first decision.

use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::data::World;
use crate::{median, say};

const KEYS: usize = 100_000;
const STARTS: usize = 7;

pub fn measure() {
    let world = World::with_keys(KEYS);
    let times = (0..STARTS).map(|_| start(&world)).collect();
    say("start_ms", median(times), "ms");
}

fn start(world: &World) -> f64 {
    let (console, gate) = (free_address(), free_address());
    let began = Instant::now();
    let mut process = Command::new(env!("CARGO_BIN_EXE_keyhatch"))
        .arg("serve")
        .current_dir(world.folder.path())
        .env("KEYHATCH_DATA_DIR", world.folder.path())
        .env("KEYHATCH_CONSOLE_ADDR", console.to_string())
        .env("KEYHATCH_GATE_ADDR", gate.to_string())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    loop {
        if TcpStream::connect(gate).is_ok() {
            let answer = Client::connect(gate).send(b"GET /readyz HTTP/1.1\r\nHost: gate\r\n\r\n");
            if answer.status == 200 {
                break;
            }
        }
        assert!(began.elapsed() < Duration::from_secs(30), "the program does not become ready");
        std::thread::sleep(Duration::from_millis(1));
    }
    let time = began.elapsed().as_secs_f64() * 1e3;
    process.kill().expect("the program stops");
    process.wait().expect("the program ends");
    time
}

fn free_address() -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

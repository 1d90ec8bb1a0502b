//! The time from the start of the released program until it is ready. It is started here, not by `ProgramFolder`, which polls
//! every five milliseconds: too coarse for this figure.

use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use test_support::free_port;

use crate::client::Client;
use crate::data::Dataset;
use crate::{median, report};

const KEYS: usize = 100_000;
const STARTS: usize = 7;

pub fn measure() {
    let dataset = Dataset::with_keys(KEYS);
    let times = (0..STARTS).map(|_| start(&dataset)).collect();
    report("start_ms", median(times), "ms");
}

fn start(dataset: &Dataset) -> f64 {
    let (console, gate) = (free_address(), free_address());
    let began = Instant::now();
    let mut process = Command::new(env!("CARGO_BIN_EXE_keyhatch"))
        .arg("serve")
        .current_dir(dataset.data_dir())
        .env("KEYHATCH_DATA_DIR", dataset.data_dir())
        .env("KEYHATCH_CONSOLE_ADDR", console.to_string())
        .env("KEYHATCH_GATE_ADDR", gate.to_string())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    loop {
        if TcpStream::connect(gate).is_ok() {
            let response = Client::connect(gate).send(b"GET /readyz HTTP/1.1\r\nHost: gate\r\n\r\n");
            if response.status == 200 {
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

fn free_address() -> SocketAddr {
    ([127, 0, 0, 1], free_port()).into()
}

//! Creating keys over the management interface with many concurrent clients.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret as _;

use crate::client::Client;
use crate::data::Dataset;
use crate::serve::ServerProcess;
use crate::{ROUND, median, number, report};

const CLIENTS: usize = 16;
const ROUNDS: usize = 3;
const BODY: &str = r#"{"name":"Warehouse sync","whitelist":["203.0.113.0/24"],"privileges":["contacts:read"]}"#;

/// Each round has its own server and begins with an empty account.
pub fn measure() {
    report("api_create_per_s", median((0..ROUNDS).map(|_| round()).collect()), "1/s");
}

fn round() -> f64 {
    let dataset = Dataset::with_keys(0);
    let child = ServerProcess::start(&dataset);
    let request = format!(
        "POST /api/v1/accounts/{}/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
        dataset.account(),
        dataset.token.expose_secret(),
        BODY.len()
    );
    create_for(child.console, &request, ROUND / 4);
    create_for(child.console, &request, ROUND)
}

/// Keys a second.
fn create_for(address: SocketAddr, request: &str, time: Duration) -> f64 {
    let began = Instant::now();
    let created: usize = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| create(address, request, began + time))).collect();
        clients.into_iter().map(|client| client.join().expect("a client that ends well")).sum()
    });
    number(created) / began.elapsed().as_secs_f64()
}

fn create(address: SocketAddr, request: &str, end: Instant) -> usize {
    let mut client = Client::connect(address);
    let mut created = 0;
    while Instant::now() < end {
        let response = client.send(request.as_bytes());
        assert_eq!(response.status, 201, "{}", response.head);
        created += 1;
    }
    created
}

//! What the tests of several crates share: a Keyhatch of its own for each test ([`TestApp`]), a private PostgreSQL
//! database, requests to a router without a socket, an HTTP client, the program as a child process, and the counts of
//! repetitions.
//!
//! A dev-dependency only. What one test asserts, and what only one crate needs, does not belong here.

#![expect(clippy::unwrap_used, reason = "a failed preparation fails the test")]
#![expect(clippy::missing_panics_doc, reason = "every helper panics when a preparation fails")]

mod app;
mod client;
mod members;
mod postgres;
mod program;
mod random;
mod repetitions;
mod requests;
mod rows;
mod sql;
mod wait;

pub use app::{DAY, HOUR, MINUTE, START};
pub use app::{TestApp, TestAppBuilder, call_request, decide, test_options, unrestricted_key_form};
pub use client::{blocking_client, client_builder};
pub use members::{PASSWORD, ROLES, TwoFactorMember, client_address, sign_in_form};
pub use postgres::PostgresDatabase;
pub use program::{ProgramFolder, RunningProgram, free_port, parse_output};
pub use random::SeededRandom;
pub use repetitions::repetitions;
pub use requests::{LOOPBACK_PEER, TestResponse, build_request, send_request};
pub use reqwest;
pub use rows::{InsertedKey, insert_keys, is_deleted};
pub use wait::{wait_until, wait_until_blocking};

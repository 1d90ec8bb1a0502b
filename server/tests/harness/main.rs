//! The program as a process, observed from outside: killed without warning, searched for leaked secrets, changed by the
//! command line while it runs, alone in an empty folder. Single requests and their responses are tested in `http`.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod canary;
mod command_line;
mod file_descriptors;
mod kill;
mod kill_control;
mod kill_model;
mod program;
mod quota;
mod requests;
mod rotation;
mod secret_search;
mod slow;
mod unknown_keys;

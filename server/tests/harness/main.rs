//! The real program as its own process, watched from outside: killed without warning, searched for secrets, changed by
//! the command line beside it, alone in an empty folder. What one request is answered is tested in `http`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canary;
mod client;
mod command_line;
mod console;
mod kill;
mod kill_check;
mod kill_control;
mod program;
mod quota;
mod rotation;
mod search;
mod seeded;
mod slow;
mod starved;
mod unknown;

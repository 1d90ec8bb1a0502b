//! The process: configuration, command line, the console's and the gate's listeners. What can be done is `service`,
//! what is seen is `app`; nothing is decided here that either of them could decide.

mod body;
pub mod cli;
pub mod commands;
pub mod config;
pub mod console;
pub mod gate;
pub mod listen;
mod logging;
pub mod problem;

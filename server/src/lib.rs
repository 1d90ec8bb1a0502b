//! The process: configuration, command line, and the wiring of the console's and the gate's listeners. Use cases are
//! `service`, pages are `app`.

pub mod cli;
pub mod commands;
pub mod config;
mod logging;

/// The allocator of the program and of its benchmarks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

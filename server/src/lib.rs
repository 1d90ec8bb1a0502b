//! The process: configuration, command line, the console's and the gate's listeners. What can be done is `service`,
//! what is seen is `app`; nothing is decided here that either of them could decide.

pub mod cli;
pub mod commands;
pub mod config;
mod logging;

/// Of the whole program, and of what measures it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

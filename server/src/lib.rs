//! The process: configuration, command line, the console's and the gate's listeners. What can be done is `service`,
//! what is seen is `app`; nothing is decided here that either of them could decide.

pub mod api;
mod body;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod console;
pub mod gate;
pub mod gateway;
pub mod listen;
mod logging;
pub mod mail;
pub mod problem;

/// The private parsers, for the fuzz targets in `fuzz/` and for nobody else.
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::console::fuzzing as console;
    pub use crate::gate::fuzzing as gate;
}

/// Of the whole program, and of what measures it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

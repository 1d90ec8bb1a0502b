//! Both listeners from outside: the real routers, the real accept loop and the real program.

mod assets;
mod command_line;
mod configuration;
mod console;
mod forgery;
mod gate_addresses;
mod gate_auth;
mod gate_verify;
mod listener;
mod pages;
mod support;

//! Both listeners from outside: the real routers, the real accept loop and the real program.

mod assets;
mod command_line;
mod configuration;
mod configuration_gateway;
mod console;
mod forgery;
mod forms;
mod gate_addresses;
mod gate_auth;
mod gate_limits;
mod gate_shapes;
mod gate_verify;
mod listener;
mod mail;
mod overload;
mod pages;
mod support;

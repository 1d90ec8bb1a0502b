//! Both listeners from outside: the real routers, the real accept loop and the real program.

mod activity;
mod assets;
mod command_line;
mod configuration;
mod configuration_gateway;
mod configuration_policy;
mod console;
mod examples;
mod forgery;
mod forms;
mod gate_addresses;
mod gate_auth;
mod gate_limits;
mod gate_shapes;
mod gate_verify;
mod listener;
mod loaded_once;
mod mail;
mod management;
mod many_keys;
mod overload;
mod pages;
mod policy;
mod routes;
mod support;

//! HTTP, configuration and the command line from outside: the real routers in-process, and the real program.

mod activity;
mod assets;
mod command_line;
mod configuration;
mod configuration_gateway;
mod configuration_policy;
mod console_layers;
mod cross_site;
mod examples;
mod expired_forms;
mod forms;
mod invitation_mail;
mod key_list;
mod mail_server;
mod management;
mod many_keys;
mod page_queries;
mod pages;
mod password_reset;
mod permissions;
mod policy;
mod server_functions;
mod sessions;
mod support;
mod two_factor;

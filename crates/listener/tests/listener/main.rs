//! The accept loop over real sockets: slow clients, too many connections, panics, and shutdown.

mod overload;
mod shutdown;
mod slow_clients;
mod support;

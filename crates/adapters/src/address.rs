//! The address of the caller, as the asking gateway reports it. The walk itself is `domain::address`.

use std::net::IpAddr;

use domain::address::forwarded_client_address;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Gate;

impl Gate {
    /// Read from the one header that the profile names, and from no other. `None` when the gateway reports none or none that can be believed. There is no fallback: the gateway's own
    /// address would let in everybody behind it.
    pub(super) fn caller_address(&self, named: &HeaderName, headers: &HeaderMap) -> Option<IpAddr> {
        let lines = headers.get_all(named).iter().map(HeaderValue::as_bytes);
        forwarded_client_address(lines, &self.trusted).ok()
    }
}

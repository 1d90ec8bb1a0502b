//! The caller's address as the gateway reports it. Walking the chain of proxies is `domain::address`.

use std::net::IpAddr;

use domain::address::forwarded_client_address;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::GateEndpoints;

impl GateEndpoints {
    /// Reads the one header that the profile names. `None` if the header is missing or cannot be trusted: falling back to
    /// the gateway's own address would match every caller behind it.
    pub(super) fn caller_address(&self, header: &HeaderName, headers: &HeaderMap) -> Option<IpAddr> {
        let values = headers.get_all(header).iter().map(HeaderValue::as_bytes);
        forwarded_client_address(values, &self.trusted_proxies).ok()
    }
}

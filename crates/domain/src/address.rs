//! The client address of a call: parsing an address that a program wrote, and finding the client behind trusted
//! proxies. What people type into a whitelist belongs to `whitelist`.

use std::net::IpAddr;
use std::ops::Deref;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::whitelist::{Entry, EntryError, EntryProblem};

/// Why a call's client address is not known. Callers must not fall back to another address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ClientAddressError {
    /// The header that names the client is missing or empty.
    #[error("No client address was given.")]
    Missing,
    /// Not exactly one address: it has a port or a zone, or is a name or a placeholder.
    #[error("The client address is not an IP address.")]
    NotAnAddress,
    /// Every address in the header is a trusted proxy.
    #[error("The client address is missing: only trusted proxies are named.")]
    OnlyTrusted,
}

/// Parses an address that a program wrote: the bare address, without white space, port, zone or brackets. An
/// IPv4-mapped IPv6 address (`::ffff:a.b.c.d`) becomes IPv4.
///
/// # Errors
/// [`ClientAddressError::Missing`] for an empty value, [`ClientAddressError::NotAnAddress`] for any other text.
pub fn parse_client_address(value: impl AsRef<[u8]>) -> Result<IpAddr, ClientAddressError> {
    match value.as_ref() {
        [] => Err(ClientAddressError::Missing),
        bytes => {
            let text = std::str::from_utf8(bytes).map_err(|_| ClientAddressError::NotAnAddress)?;
            text.parse().map(|address: IpAddr| address.to_canonical()).map_err(|_| ClientAddressError::NotAnAddress)
        }
    }
}

/// The client address, for a listener that browsers or proxies connect to.
///
/// The header is read only if the peer is trusted; otherwise the peer is the client, whatever the header claims.
///
/// # Errors
/// As [`forwarded_client_address`], if the peer is trusted.
pub fn client_address<'a>(
    peer: IpAddr,
    header_lines: impl IntoIterator<Item = &'a [u8]>,
    trusted: &[IpNet],
) -> Result<IpAddr, ClientAddressError> {
    let peer = peer.to_canonical();
    if is_trusted(peer, trusted) { forwarded_client_address(header_lines, trusted) } else { Ok(peer) }
}

/// The client address in a forwarding header such as `X-Forwarded-For`, from a peer that is trusted already.
///
/// All header lines form one list. It is read from the right, because each proxy appends and only the right end was
/// written by ours. Trusted hops are skipped; the first other element is the client.
///
/// # Errors
/// If that element is not an address, or there is none.
pub fn forwarded_client_address<'a>(
    header_lines: impl IntoIterator<Item = &'a [u8]>,
    trusted: &[IpNet],
) -> Result<IpAddr, ClientAddressError> {
    let mut client = Err(ClientAddressError::Missing);
    // A later line is further right in the list, so its result replaces that of an earlier line.
    for line in header_lines {
        match (client_in_line(line, trusted), client) {
            (Err(ClientAddressError::OnlyTrusted), Ok(_) | Err(ClientAddressError::NotAnAddress)) => {}
            (result, _) => client = result,
        }
    }
    client
}

fn client_in_line(line: &[u8], trusted: &[IpNet]) -> Result<IpAddr, ClientAddressError> {
    for element in line.rsplit(|byte| *byte == b',') {
        let address = parse_client_address(element.trim_ascii())?;
        if !is_trusted(address, trusted) {
            return Ok(address);
        }
    }
    Err(ClientAddressError::OnlyTrusted)
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// The proxies whose forwarding headers are trusted; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// Why a list of trusted proxies is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum TrustedProxiesError {
    /// An element is neither an address nor a network.
    #[error(transparent)]
    Entry(EntryError),
    /// A range that is not a network.
    #[error("{0} is a range. Write proxies as addresses or networks, such as 10.0.0.1 or 10.0.0.0/24.")]
    Range(String),
    /// Every client would be trusted.
    #[error("{0} would trust every caller. Name only the addresses of your own proxies.")]
    Everyone(String),
}

impl TrustedProxies {
    /// Parses addresses and networks separated by commas, as strictly as a whitelist.
    ///
    /// # Errors
    /// See [`TrustedProxiesError`].
    pub fn parse(text: &str) -> Result<Self, TrustedProxiesError> {
        let elements = text.split(',').map(str::trim).filter(|element| !element.is_empty());
        elements.map(parse_network).collect::<Result<_, _>>().map(Self)
    }
}

impl Deref for TrustedProxies {
    type Target = [IpNet];

    fn deref(&self) -> &[IpNet] {
        &self.0
    }
}

fn parse_network(typed: &str) -> Result<IpNet, TrustedProxiesError> {
    let entry = Entry::parse(typed).map_err(|error| match error.problem() {
        EntryProblem::AnyAddress => TrustedProxiesError::Everyone(error.typed().to_owned()),
        _ => TrustedProxiesError::Entry(error),
    })?;
    entry
        .prefix()
        .and_then(|prefix| IpNet::new(entry.first(), prefix).ok())
        .ok_or_else(|| TrustedProxiesError::Range(entry.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn forwarded(lines: &[&str]) -> Result<IpAddr, ClientAddressError> {
        let trusted = TrustedProxies::parse("10.0.0.0/24").expect("good proxies");
        forwarded_client_address(lines.iter().map(|line| line.as_bytes()), &trusted)
    }

    #[test]
    fn only_a_bare_address_is_accepted() {
        for (value, parsed) in
            [("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:DB8::1", "2001:db8::1")]
        {
            assert_eq!(parse_client_address(value), Ok(address(parsed)));
            assert_eq!(parse_client_address(value.as_bytes()), Ok(address(parsed)));
        }
        for value in [
            " ",
            "203.0.113.7 ",
            "203.0.113.7:80",
            "[::1]",
            "[::1]:80",
            "::1%lo",
            "unknown",
            "_hidden",
            "203.0.113.07",
            "0xcb007107",
            "203.0.113.7/32",
            "for=203.0.113.7",
            "\"203.0.113.7\"",
            "203.0.113.7, 10.0.0.1",
        ] {
            assert_eq!(parse_client_address(value), Err(ClientAddressError::NotAnAddress), "{value}");
        }
        assert_eq!(parse_client_address(""), Err(ClientAddressError::Missing));
        assert_eq!(parse_client_address(b"\xff203.0.113.7"), Err(ClientAddressError::NotAnAddress));
    }

    #[test]
    fn the_header_is_read_from_the_right_across_all_lines() {
        for (lines, client) in [
            (&["203.0.113.7"][..], Ok(address("203.0.113.7"))),
            (&["198.51.100.9,203.0.113.7 ,\t10.0.0.1"], Ok(address("203.0.113.7"))),
            (&["198.51.100.9", "203.0.113.7", "10.0.0.1"], Ok(address("203.0.113.7"))),
            (&["junk, 203.0.113.7", "10.0.0.1, 10.0.0.2"], Ok(address("203.0.113.7"))),
            (&["203.0.113.7", "junk, 10.0.0.1"], Err(ClientAddressError::NotAnAddress)),
            (&["203.0.113.7, junk", "10.0.0.1"], Err(ClientAddressError::NotAnAddress)),
            (&["203.0.113.7,"], Err(ClientAddressError::Missing)),
            (&["203.0.113.7", ""], Err(ClientAddressError::Missing)),
            (&["10.0.0.1", "::ffff:10.0.0.2"], Err(ClientAddressError::OnlyTrusted)),
            (&[""], Err(ClientAddressError::Missing)),
            (&[], Err(ClientAddressError::Missing)),
        ] {
            assert_eq!(forwarded(lines), client, "{lines:?}");
        }
    }

    #[test]
    fn trusted_proxies_are_addresses_or_networks_but_never_everyone() {
        let proxies = TrustedProxies::parse(" 10.0.0.1, 2001:db8::/32,, 10.1.0.0-10.1.0.255 ").expect("good proxies");
        let written: Vec<String> = proxies.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["10.0.0.1/32", "2001:db8::/32", "10.1.0.0/24"]);
        assert_eq!(TrustedProxies::parse(""), Ok(TrustedProxies::default()));
        for (text, message) in [
            ("0.0.0.0/0", "0.0.0.0/0 would trust every caller. Name only the addresses of your own proxies."),
            (
                "10.0.0.1-10.0.0.9",
                "10.0.0.1-10.0.0.9 is a range. Write proxies as addresses or networks, such as 10.0.0.1 or 10.0.0.0/24.",
            ),
            (
                "10.1.2.3/8",
                "10.1.2.3/8 is not a network address. Use 10.0.0.0/8 instead, or 10.1.2.3 for that one address.",
            ),
        ] {
            assert_eq!(TrustedProxies::parse(text).expect_err("refused").to_string(), message);
        }
    }
}

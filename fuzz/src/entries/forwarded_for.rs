//! `X-Forwarded-For`: each line of the input is one line of the header.

use std::net::IpAddr;

use domain::{TrustedProxies, client_address, forwarded_client_address};

pub fn forwarded_for(data: &[u8]) {
    let trusted = TrustedProxies::parse("10.0.0.0/24, 2001:db8::/64").expect("good proxies");
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let found = forwarded_client_address(lines.iter().copied(), &trusted);
    // The same rule, implemented over one joined list.
    let joined = lines.join(&b',');
    let hops = joined.rsplit(|byte| *byte == b',').map(parse_hop);
    let first = hops.into_iter().find(|hop| !hop.is_some_and(is_trusted));
    assert_eq!(found.ok(), first.flatten());
    if let Ok(address) = found {
        assert!(!is_trusted(address) && address == address.to_canonical());
    }
    let (untrusted, proxy) = (IpAddr::from([203, 0, 113, 7]), IpAddr::from([10, 0, 0, 7]));
    assert_eq!(client_address(untrusted, lines.iter().copied(), &trusted), Ok(untrusted));
    assert_eq!(client_address(proxy, lines.iter().copied(), &trusted), found);
}

fn parse_hop(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop.trim_ascii()).ok()?;
    hop.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

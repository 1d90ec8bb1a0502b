//! Validates the `[gateway]` table. `keyhatch gateway` prints it for every gateway, so each value must be expressible in all
//! their configuration languages.

use std::net::SocketAddr;

use ::gateway::{GatewayPolicy, Route, Unlisted};
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::verdict::Channel;

use super::raw::{RawGateway, RawRoute};

/// A key of the file, and the error of its value.
pub(super) type Fault = (String, String);

pub(super) fn build_gateway_policy(raw: RawGateway) -> Result<GatewayPolicy, Fault> {
    let routes: Vec<Route> = raw.routes.into_iter().map(parse_route).collect::<Result<_, _>>()?;
    check_reachable(&routes)?;
    let unlisted = match raw.unlisted.as_deref() {
        // With routes, a forgotten one must not be open to every key.
        None if routes.is_empty() => Unlisted::Key,
        None | Some("refuse") => Unlisted::Refuse,
        Some("key") => Unlisted::Key,
        Some(privilege) => Unlisted::Privilege(privilege.to_owned()),
    };
    let timeout_seconds = within("timeout_seconds", raw.timeout_seconds, 600, 86_400)?;
    let gate_timeout_seconds = within("gate_timeout_seconds", raw.gate_timeout_seconds, 3, 30)?;
    Ok(GatewayPolicy {
        listen: address("listen", raw.listen.as_deref().unwrap_or("0.0.0.0:8443"))?,
        upstream: upstream(raw.upstream.unwrap_or_else(|| "127.0.0.1:8080".to_owned()))?,
        gate: raw.gate.as_deref().map(|typed| address("gate", typed)).transpose()?,
        certificate: file("certificate", raw.certificate, "/etc/keyhatch/tls/server.crt")?,
        certificate_key: file("certificate_key", raw.certificate_key, "/etc/keyhatch/tls/server.key")?,
        concurrent_requests_per_address: within(
            "concurrent_requests_per_address",
            raw.concurrent_requests_per_address,
            20,
            10_000,
        )?,
        timeout_seconds,
        gate_timeout_seconds,
        pass_credential: raw.pass_credential.unwrap_or(false),
        unlisted,
        routes,
    })
}

/// Checks that the privileges and channels of all routes exist.
pub(super) fn check_routes(gateway: &GatewayPolicy, catalogue: &Catalogue, policy: &Policy) -> Result<(), Fault> {
    for route in &gateway.routes {
        let known = route.channel.map_or(Ok(()), |channel| policy.check_channel(channel));
        known.map_err(|message| in_route(&route.path, message))?;
    }

    let unknown = |privilege: &str| format!("there is no privilege {privilege} in [[modules]]");
    if let Some(route) = gateway.routes.iter().find(|r| r.privilege.as_ref().is_some_and(|p| !catalogue.contains(p))) {
        return Err(in_route(&route.path, unknown(route.privilege.as_deref().unwrap_or_default())));
    }
    match &gateway.unlisted {
        Unlisted::Privilege(privilege) if !catalogue.contains(privilege) => {
            let message = format!("must be refuse, key or a privilege; {}", unknown(privilege));
            Err(("gateway.unlisted".to_owned(), message))
        }
        _ => Ok(()),
    }
}

fn named(key: &str) -> String {
    format!("gateway.{key}")
}

fn in_route(path: &str, message: impl std::fmt::Display) -> Fault {
    (named("routes"), format!("{path}: {message}"))
}

fn within(key: &str, value: Option<u32>, default: u32, max: u32) -> Result<u32, Fault> {
    let value = value.unwrap_or(default);
    if (1..=max).contains(&value) {
        Ok(value)
    } else {
        Err((named(key), format!("{value} is not between 1 and {max}")))
    }
}

fn address(key: &str, typed: &str) -> Result<SocketAddr, Fault> {
    let fault = || (named(key), "must be an address and a port, such as 0.0.0.0:8443 or [::]:8443".to_owned());
    typed.parse().ok().filter(|address: &SocketAddr| address.port() > 0).ok_or_else(fault)
}

fn upstream(typed: String) -> Result<String, Fault> {
    let is_name = |host: &str| {
        !host.is_empty()
            && !host.starts_with(['-', '.'])
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    let good = typed.parse::<SocketAddr>().is_ok_and(|address| address.port() > 0)
        || typed.split_once(':').is_some_and(|(host, port)| is_name(host) && is_port(port));
    if good {
        Ok(typed)
    } else {
        Err((named("upstream"), "must be a host and a port, such as 127.0.0.1:8080".to_owned()))
    }
}

/// The path is printed in five configuration languages with different rules for quotes and spaces.
fn file(key: &str, typed: Option<String>, default: &str) -> Result<String, Fault> {
    let path = typed.unwrap_or_else(|| default.to_owned());
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte);
    if path.starts_with('/') && path.bytes().all(is_plain) {
        return Ok(path);
    }
    Err((named(key), "must be an absolute path of letters, digits and / . _ - + @".to_owned()))
}

fn parse_route(raw: RawRoute) -> Result<Route, Fault> {
    let path = raw.path;
    if !is_plain_path(&path) {
        let wanted = "must begin with /, have no empty, . or .. part and no / at the end, and be made of letters, \
                      digits and . _ ~ -";
        return Err(in_route(&path, wanted));
    }
    let mut methods = Vec::new();
    for method in raw.method.iter().flat_map(|listed| listed.joined().split(',').map(str::to_owned).collect::<Vec<_>>())
    {
        let method = method.trim().to_owned();
        if method.is_empty() || method.len() > 20 || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(in_route(&path, "a method must be written in capitals, such as GET"));
        }
        let also = (method == "GET").then(|| "HEAD".to_owned());
        methods.extend(std::iter::once(method).chain(also));
    }
    if raw.method.is_some() && methods.is_empty() {
        return Err(in_route(&path, "no method is listed; leave method out for every method"));
    }
    methods.sort();
    methods.dedup();
    let channel = raw.channel.as_deref().map(|typed| {
        let wanted = "the channel must be rest, http, web-service, ftp, email or database";
        Channel::parse(typed).ok_or_else(|| in_route(&path, wanted))
    });
    let cost = match raw.cost {
        Some(cost @ 1..=1_000_000) => Some(cost),
        Some(_) => return Err(in_route(&path, "the cost must be between 1 and 1000000")),
        None => None,
    };
    Ok(Route { methods, channel: channel.transpose()?, cost, privilege: raw.privilege, path })
}

fn is_plain_path(path: &str) -> bool {
    let is_part = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte))
    };
    path == "/" || path.len() <= 200 && path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_part))
}

/// Refuses a route that is never reached because an earlier one covers it.
fn check_reachable(routes: &[Route]) -> Result<(), Fault> {
    for (at, route) in routes.iter().enumerate() {
        if let Some(above) = routes[..at].iter().find(|above| above.covers(route)) {
            let message = format!("is never reached, because {} above it covers it; put it first", above.path);
            return Err(in_route(&route.path, message));
        }
    }
    Ok(())
}

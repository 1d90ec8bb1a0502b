//! What the templates may write: the policy and the process's settings as text that needs no quoting in any of the
//! five languages. Values that would are refused here or, for the policy, where it is read.

use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::{Unprintable, path};
use crate::{GatewaySettings, Route, Unlisted};

/// Headers that tell the upstream who called. Only the gateway may set them.
const IDENTITY: [&str; 5] = [
    "X-Keyhatch-Key-Id",
    "X-Keyhatch-Key-Name",
    "X-Keyhatch-Account",
    "X-Keyhatch-Environment",
    "X-Keyhatch-Privileges",
];

/// Headers of our own that no caller may send through.
const OWN: [&str; 2] = ["X-Keyhatch-Reason", "X-Keyhatch-Gate-Token"];

/// Headers from which some server or library takes the caller's address, or another method than was judged.
const MISLEADING: [&str; 16] = [
    "Forwarded",
    "Client-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "Fastly-Client-IP",
    "X-Original-Forwarded-For",
    "X-Originating-IP",
    "X-Remote-IP",
    "X-Remote-Addr",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method",
    "X-HTTP-Method-Override",
    "X-Method-Override",
];

#[derive(Serialize)]
pub(super) struct Plan {
    listen: Address,
    gate: Address,
    upstream: Address,
    token: Option<String>,
    certificate: String,
    certificate_key: String,
    concurrent: u32,
    timeout: u32,
    gate_timeout: u32,
    pass_credential: bool,
    trusted: Vec<String>,
    not_normal: &'static str,
    routes: Vec<PlannedRoute>,
    /// What a call needs that no route names; `refuse`d where absent.
    unlisted: Option<String>,
    /// Every different need, for gateways that write one question for each.
    needs: Vec<String>,
    identity: [&'static str; 5],
    /// The same names with underscores in every combination, which many servers take for them.
    disguised: Vec<String>,
    own: [&'static str; 2],
    misleading: [&'static str; 16],
}

#[derive(Serialize)]
struct Address {
    /// As in a URL: an IPv6 address in brackets.
    text: String,
    host: String,
    port: u16,
    is_name: bool,
}

#[derive(Serialize)]
struct PlannedRoute {
    methods: Vec<String>,
    /// Finds the targets at and below its path, and the same for nginx's `$uri`, which has no query.
    below: String,
    nginx: String,
    need: String,
}

impl Plan {
    pub fn new(settings: &GatewaySettings) -> Result<Self, Unprintable> {
        let policy = &settings.policy;
        let token = settings.gate_token.as_ref().map(|token| token.expose_secret().to_owned());
        if token.as_ref().is_some_and(|token| !token.bytes().all(is_plain)) {
            let message = "gate_token: to be written into a gateway's configuration it must be made of letters, \
                           digits and . _ ~ + / = -";
            return Err(Unprintable(message.to_owned()));
        }
        let routes: Vec<PlannedRoute> = policy.routes.iter().map(PlannedRoute::new).collect();
        let unlisted = match &policy.unlisted {
            Unlisted::Refuse => None,
            Unlisted::Key => Some(String::new()),
            Unlisted::Privilege(privilege) => Some(format!("privilege={privilege}")),
        };
        let mut needs: Vec<String> = routes.iter().map(|route| route.need.clone()).chain(unlisted.clone()).collect();
        needs.sort();
        needs.dedup();
        Ok(Self {
            listen: Address::new(&policy.listen.to_string()),
            gate: Address::new(&settings.gate().to_string()),
            upstream: Address::new(&policy.upstream),
            token,
            trusted: settings.trusted_proxies.iter().map(ToString::to_string).collect(),
            not_normal: path::NOT_NORMAL,
            routes,
            unlisted,
            needs,
            identity: IDENTITY,
            disguised: IDENTITY.iter().flat_map(|name| disguises(name)).collect(),
            own: OWN,
            misleading: MISLEADING,
            certificate: policy.certificate.clone(),
            certificate_key: policy.certificate_key.clone(),
            concurrent: policy.concurrent_requests_per_address,
            timeout: policy.timeout_seconds,
            gate_timeout: policy.gate_timeout_seconds,
            pass_credential: policy.pass_credential,
        })
    }

    /// HAProxy has no setting for the key's file: it takes it from the certificate's, or finds it by its name.
    pub fn fits_haproxy(&self) -> Result<(), Unprintable> {
        let (certificate, key) = (&self.certificate, &self.certificate_key);
        let beside = certificate.strip_suffix(".crt").map(|stem| format!("{stem}.key"));
        if key == certificate || *key == format!("{certificate}.key") || beside.as_ref() == Some(key) {
            return Ok(());
        }
        let wanted = beside.unwrap_or_else(|| format!("{certificate}.key"));
        Err(Unprintable(format!(
            "gateway.certificate_key: HAProxy looks for the key of {certificate} in the same file or in {wanted}"
        )))
    }
}

impl Address {
    fn new(text: &str) -> Self {
        let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_name = host.parse::<std::net::IpAddr>().is_err();
        Self { text: text.to_owned(), port: port.parse().unwrap_or_default(), is_name, host }
    }
}

impl PlannedRoute {
    fn new(route: &Route) -> Self {
        let need = [
            route.privilege.as_ref().map(|privilege| format!("privilege={privilege}")),
            route.channel.map(|channel| format!("channel={}", channel.as_str())),
            route.cost.map(|cost| format!("cost={cost}")),
        ];
        Self {
            methods: route.methods.clone(),
            below: path::below(&route.path),
            nginx: path::below_uri(&route.path),
            need: need.into_iter().flatten().collect::<Vec<_>>().join("&"),
        }
    }
}

/// A name with at least one of its hyphens as an underscore, in every combination.
fn disguises(name: &str) -> Vec<String> {
    let mut parts = name.split('-');
    let mut written = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        written = written.iter().flat_map(|start| [format!("{start}-{part}"), format!("{start}_{part}")]).collect();
    }
    written.retain(|written| written != name);
    written
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~+/=-".contains(&byte)
}

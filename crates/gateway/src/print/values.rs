//! The values of the templates: policy and settings as text that needs no quoting in any of the five languages. Values that
//! would need quoting are refused here or, for the policy, when the configuration is loaded.

use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::{PrintError, path};
use crate::{GatewaySettings, Route, Unlisted};

/// The identity headers for the upstream. Only the gateway may set them.
const IDENTITY: [&str; 5] = [
    "X-Keyhatch-Key-Id",
    "X-Keyhatch-Key-Name",
    "X-Keyhatch-Account",
    "X-Keyhatch-Environment",
    "X-Keyhatch-Privileges",
];

/// Other headers of Keyhatch that must not be passed on from a caller.
const OWN: [&str; 2] = ["X-Keyhatch-Reason", "X-Keyhatch-Gate-Token"];

/// Headers from which some servers read the caller's address, or a method other than the one that was checked.
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
pub(super) struct TemplateValues {
    listen: AddressValues,
    gate: AddressValues,
    upstream: AddressValues,
    token: Option<String>,
    certificate: String,
    certificate_key: String,
    concurrent: u32,
    timeout: u32,
    gate_timeout: u32,
    pass_credential: bool,
    trusted: Vec<String>,
    not_normal: &'static str,
    routes: Vec<RouteValues>,
    /// The requirement of a call that matches no route; refused if absent.
    unlisted: Option<String>,
    /// The distinct requirements, for gateways that configure one subrequest for each.
    needs: Vec<String>,
    identity: [&'static str; 5],
    /// The same names with underscores in every combination, which many servers treat as equal.
    disguised: Vec<String>,
    own: [&'static str; 2],
    misleading: [&'static str; 16],
}

#[derive(Serialize)]
struct AddressValues {
    /// As in a URL: an IPv6 address in brackets.
    text: String,
    host: String,
    port: u16,
    is_name: bool,
}

#[derive(Serialize)]
struct RouteValues {
    methods: Vec<String>,
    /// Matches targets at and below its path; `nginx` is the same for nginx's `$uri`, which has no query.
    below: String,
    nginx: String,
    need: String,
}

impl TemplateValues {
    pub fn new(settings: &GatewaySettings) -> Result<Self, PrintError> {
        let policy = &settings.policy;
        let token = settings.gate_token.as_ref().map(|token| token.expose_secret().to_owned());
        if token.as_ref().is_some_and(|token| !token.bytes().all(is_plain)) {
            let message = "gate_token: to be written into a gateway's configuration it must be made of letters, \
                           digits and . _ ~ + / = -";
            return Err(PrintError(message.to_owned()));
        }
        let routes: Vec<RouteValues> = policy.routes.iter().map(RouteValues::new).collect();
        let unlisted = match &policy.unlisted {
            Unlisted::Refuse => None,
            Unlisted::Key => Some(String::new()),
            Unlisted::Privilege(privilege) => Some(format!("privilege={privilege}")),
        };
        let mut needs: Vec<String> = routes.iter().map(|route| route.need.clone()).chain(unlisted.clone()).collect();
        needs.sort();
        needs.dedup();
        Ok(Self {
            listen: AddressValues::new(&policy.listen.to_string()),
            gate: AddressValues::new(&settings.gate().to_string()),
            upstream: AddressValues::new(&policy.upstream),
            token,
            trusted: settings.trusted_proxies.iter().map(ToString::to_string).collect(),
            not_normal: path::NOT_NORMAL,
            routes,
            unlisted,
            needs,
            identity: IDENTITY,
            disguised: IDENTITY.iter().flat_map(|name| underscore_variants(name)).collect(),
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

    /// HAProxy has no setting for the private key: it is in the certificate's file, or in a file that is found by name.
    pub fn check_haproxy(&self) -> Result<(), PrintError> {
        let (certificate, key) = (&self.certificate, &self.certificate_key);
        let beside = certificate.strip_suffix(".crt").map(|stem| format!("{stem}.key"));
        if key == certificate || *key == format!("{certificate}.key") || beside.as_ref() == Some(key) {
            return Ok(());
        }
        let wanted = beside.unwrap_or_else(|| format!("{certificate}.key"));
        Err(PrintError(format!(
            "gateway.certificate_key: HAProxy looks for the key of {certificate} in the same file or in {wanted}"
        )))
    }
}

impl AddressValues {
    fn new(text: &str) -> Self {
        let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_name = host.parse::<std::net::IpAddr>().is_err();
        Self { text: text.to_owned(), port: port.parse().unwrap_or_default(), is_name, host }
    }
}

impl RouteValues {
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

/// A header name with one or more hyphens replaced by underscores, in every combination.
fn underscore_variants(name: &str) -> Vec<String> {
    let mut parts = name.split('-');
    let mut variants = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        variants = variants.iter().flat_map(|start| [format!("{start}-{part}"), format!("{start}_{part}")]).collect();
    }
    variants.retain(|variant| variant != name);
    variants
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~+/=-".contains(&byte)
}

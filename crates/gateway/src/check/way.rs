//! Which call of the interface is made, and what it needs.

use crate::{GatewayPolicy, Unlisted};

/// A call that leads through the gateway to the upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub method: String,
    pub path: String,
    /// Whether a key without any privilege is refused there.
    pub needs_privilege: bool,
}

impl Way {
    /// The path that was named, or the first route's, with the first method that fits it there.
    pub fn choose(policy: &GatewayPolicy, named: Option<&str>) -> Self {
        let path = named.map(str::to_owned).or_else(|| policy.routes.first().map(|route| route.path.clone()));
        let path = path.unwrap_or_else(|| "/".to_owned());
        let plain = path.split('?').next().unwrap_or_default().to_owned();
        let route = policy.routes.iter().find(|route| {
            let methods: Vec<&str> = route.methods.iter().map(String::as_str).collect();
            let methods = if methods.is_empty() { vec!["GET"] } else { methods };
            methods.iter().any(|method| route.fits(method, &plain))
        });
        let (method, needs_privilege) = match route {
            Some(route) => {
                let method = route.methods.iter().find(|method| *method == "GET").or_else(|| route.methods.first());
                (method.map_or("GET", String::as_str).to_owned(), route.privilege.is_some())
            }
            None => ("GET".to_owned(), matches!(policy.unlisted, Unlisted::Privilege(_))),
        };
        Self { method, path, needs_privilege }
    }
}

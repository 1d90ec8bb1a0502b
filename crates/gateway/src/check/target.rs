//! The target route of a check: the call that is sent, and whether it requires a privilege.

use crate::{GatewayPolicy, Unlisted};

/// A call that reaches the upstream through the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TargetRoute {
    pub method: String,
    pub path: String,
    /// Whether a key without privileges must be refused.
    pub requires_privilege: bool,
}

impl TargetRoute {
    /// The given path or that of the first route, with the first method that matches it.
    pub fn select(policy: &GatewayPolicy, given: Option<&str>) -> Self {
        let path = given.map(str::to_owned).or_else(|| policy.routes.first().map(|route| route.path.clone()));
        let path = path.unwrap_or_else(|| "/".to_owned());
        let plain = path.split('?').next().unwrap_or_default().to_owned();
        let route = policy.routes.iter().find(|route| {
            let methods: Vec<&str> = route.methods.iter().map(String::as_str).collect();
            let methods = if methods.is_empty() { vec!["GET"] } else { methods };
            methods.iter().any(|method| route.matches(method, &plain))
        });
        let (method, requires_privilege) = match route {
            Some(route) => {
                let method = route.methods.iter().find(|method| *method == "GET").or_else(|| route.methods.first());
                (method.map_or("GET", String::as_str).to_owned(), route.privilege.is_some())
            }
            None => ("GET".to_owned(), matches!(policy.unlisted, Unlisted::Privilege(_))),
        };
        Self { method, path, requires_privilege }
    }
}

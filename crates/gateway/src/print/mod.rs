//! Renders complete configurations of gateways, as `keyhatch gateway` prints them. Each is a template in `templates` that is
//! filled from [`GatewaySettings`].

mod path;
mod values;

use minijinja::{Environment, UndefinedBehavior, Value};

use crate::GatewaySettings;
pub use path::is_normal;
use values::TemplateValues;

/// A gateway whose configuration can be printed. The comments are the help of `keyhatch gateway`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Gateway {
    /// nginx, by `auth_request`
    Nginx,
    /// Caddy, by `forward_auth`, with a ruleset for nftables
    #[cfg_attr(feature = "clap", value(alias = "forward"))]
    Caddy,
    /// Traefik 3, by forwardAuth
    Traefik,
    /// Envoy, by HTTP `ext_authz`, with a ruleset for nftables
    Envoy,
    /// HAProxy 2.5 or newer, by an action in Lua
    Haproxy,
}

/// A file of a gateway's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// Its name, without a directory.
    pub name: &'static str,
    /// Its content. It may contain the gate token.
    pub text: String,
}

/// A configuration cannot be printed; the message is for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PrintError(String);

impl Gateway {
    /// The files, the main one first.
    fn templates(self) -> &'static [(&'static str, &'static str)] {
        const NFT: (&str, &str) = ("keyhatch.nft", include_str!("templates/keyhatch.nft"));
        match self {
            Self::Nginx => &[("nginx.conf", include_str!("templates/nginx.conf"))],
            Self::Caddy => &[("Caddyfile", include_str!("templates/Caddyfile")), NFT],
            Self::Traefik => &[
                ("traefik.yml", include_str!("templates/traefik.yml")),
                ("keyhatch.yml", include_str!("templates/traefik-keyhatch.yml")),
            ],
            Self::Envoy => &[("envoy.yaml", include_str!("templates/envoy.yaml")), NFT],
            Self::Haproxy => &[
                ("haproxy.cfg", include_str!("templates/haproxy.cfg")),
                ("keyhatch.lua", include_str!("templates/keyhatch.lua")),
            ],
        }
    }

    /// Renders the configuration.
    ///
    /// # Errors
    /// A setting that this gateway's configuration cannot express.
    pub fn files(self, settings: &GatewaySettings) -> Result<Vec<ConfigFile>, PrintError> {
        let template_values = TemplateValues::new(settings)?;
        if self == Self::Haproxy {
            template_values.check_haproxy()?;
        }
        let values = Value::from_serialize(&template_values);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_keep_trailing_newline(true);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.add_filter("variable", |header: &str| header.to_ascii_lowercase().replace('-', "_"));
        let render = |(name, template): &(&'static str, &str)| {
            let text = environment
                .render_str(template, &values)
                .map_err(|error| PrintError(format!("{name} cannot be rendered: {error}")))?;
            Ok(ConfigFile { name, text })
        };
        self.templates().iter().map(render).collect()
    }
}

//! The configurations of gateways, complete and ready to run: what `keyhatch gateway` prints. The policy comes from
//! `[gateway]` in `keyhatch.toml`; the text of each configuration is a template in `templates`. How the gate answers
//! a gateway is `gate`, not here.

mod path;
mod plan;

use minijinja::{Environment, UndefinedBehavior, Value};

use crate::GatewaySettings;
pub use path::is_normal;
use plan::Plan;

/// A gateway that Keyhatch can print a configuration for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "proper names")]
pub enum Gateway {
    Nginx,
    Caddy,
    Traefik,
    Envoy,
    Haproxy,
}

/// A file of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: &'static str,
    /// What it holds. It may hold the gate token.
    pub text: String,
}

/// Why a configuration cannot be printed; the message is for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unprintable(String);

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

    /// Writes the configuration.
    ///
    /// # Errors
    /// A setting that this gateway's language cannot say.
    pub fn files(self, settings: &GatewaySettings) -> Result<Vec<File>, Unprintable> {
        let plan = Plan::new(settings)?;
        if self == Self::Haproxy {
            plan.fits_haproxy()?;
        }
        let values = Value::from_serialize(&plan);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_keep_trailing_newline(true);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.add_filter("variable", |header: &str| header.to_ascii_lowercase().replace('-', "_"));
        let print = |(name, template): &(&'static str, &str)| {
            let text = environment
                .render_str(template, &values)
                .map_err(|error| Unprintable(format!("{name} cannot be written: {error}")))?;
            Ok(File { name, text })
        };
        self.templates().iter().map(print).collect()
    }
}

//! The sheet of a key, drawn before its secret counts.

use crate::error::Error;
use crate::keyhatch::Keyhatch;
use crate::pdf;
use crate::secrets::NewSecret;
use domain::form::KeyDraft;
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::Millis;
use secrecy::ExposeSecret;
use store::{AccountRow, KeyRow};

/// What stands on a sheet beside the secret.
struct About {
    name: String,
    whitelist: Vec<String>,
    privileges: Vec<String>,
}

impl Keyhatch {
    /// The sheet of a key that is to be issued.
    pub(super) async fn sheet(
        &self,
        account: &AccountRow,
        draft: &KeyDraft,
        secret: &NewSecret,
        now: Millis,
    ) -> Result<Vec<u8>, Error> {
        let about = About {
            name: draft.name.as_str().to_owned(),
            whitelist: draft.whitelist.entries().iter().map(ToString::to_string).collect(),
            privileges: describe(&draft.privileges, self.catalogue()),
        };
        self.draw(account, about, secret, now).await
    }

    /// The sheet of a key that gets a new secret.
    pub(super) async fn sheet_of_row(
        &self,
        account: &AccountRow,
        key: &KeyRow,
        secret: &NewSecret,
        now: Millis,
    ) -> Result<Vec<u8>, Error> {
        let privileges = Privileges::from_stored(&key.privileges).map_err(|_| {
            tracing::error!(key = %key.id, "a key's row cannot be read; its secret is not changed");
            Error::Internal
        })?;
        let about = About {
            name: key.name.clone(),
            whitelist: key.whitelist.lines().map(ToOwned::to_owned).collect(),
            privileges: describe(&privileges, self.catalogue()),
        };
        self.draw(account, about, secret, now).await
    }

    async fn draw(
        &self,
        account: &AccountRow,
        about: About,
        secret: &NewSecret,
        now: Millis,
    ) -> Result<Vec<u8>, Error> {
        let (product, api_url) = (self.policy().product_name.clone(), self.policy().api_url.clone());
        let (account, key) = (account.name.clone(), secret.value.clone());
        let drawn = tokio::task::spawn_blocking(move || {
            pdf::render(&pdf::Sheet {
                product: &product,
                account: &account,
                name: &about.name,
                key: key.expose_secret(),
                created_at: now,
                whitelist: &about.whitelist,
                privileges: &about.privileges,
                api_url: &api_url,
            })
        });
        match drawn.await {
            Ok(Ok(pdf)) => Ok(pdf),
            Ok(Err(error)) => {
                tracing::error!(%error, "the sheet of a key could not be drawn");
                Err(Error::Internal)
            }
            Err(_) => Err(Error::Internal),
        }
    }
}

/// The privileges in words for people, one a line: "Orders: Write (orders:write)".
fn describe(privileges: &Privileges, catalogue: &Catalogue) -> Vec<String> {
    if privileges.is_all() {
        return vec!["All privileges".to_owned()];
    }
    if privileges.is_none() {
        return vec!["No privileges".to_owned()];
    }
    let actions = |module: &domain::privilege::Module| {
        let named = module.actions.iter().map(|action| (action, format!("{}:{action}", module.id)));
        named
            .filter(|(_, privilege)| privileges.allows(privilege))
            .map(|(action, privilege)| format!("{}: {} ({privilege})", module.label, action_label(action)))
            .collect::<Vec<_>>()
    };
    catalogue.modules.iter().flat_map(actions).collect()
}

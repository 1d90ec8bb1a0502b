//! The PDF of a key, rendered before its secret works.

use super::secret::NewSecret;
use crate::context::Context;
use crate::error::Error;
use crate::pdf;
use crate::texts::pdf as texts;
use domain::code_samples::{Language, SampleCall, code_sample};
use domain::form::KeyDraft;
use domain::limits::{Allowance, Limits};
use domain::privilege::{Catalogue, Privileges, action_label};
use domain::time::Millis;
use secrets::ExposeSecret;
use store::{AccountRow, KeyRow};

/// What the PDF shows of a key besides its secret.
struct Description {
    name: String,
    whitelist: Vec<String>,
    privileges: Vec<String>,
    expires_at: Option<Millis>,
    limits: Vec<String>,
}

/// The PDF of a key to be created.
pub(super) async fn pdf_of_draft(
    context: &Context,
    account: &AccountRow,
    draft: &KeyDraft,
    secret: &NewSecret,
    now: Millis,
) -> Result<Vec<u8>, Error> {
    let about = Description {
        name: draft.name.as_str().to_owned(),
        whitelist: draft.whitelist.entries().iter().map(ToString::to_string).collect(),
        privileges: describe_privileges(&draft.privileges, &context.catalogue),
        expires_at: draft.expires_at,
        limits: describe_limits(&draft.limits),
    };
    render_pdf(context, account, about, secret, now).await
}

/// The PDF of a key to be rotated.
pub(super) async fn pdf_of_row(
    context: &Context,
    account: &AccountRow,
    key: &KeyRow,
    secret: &NewSecret,
    now: Millis,
) -> Result<Vec<u8>, Error> {
    let (Ok(privileges), Ok(limits)) = (Privileges::from_stored(&key.privileges), Limits::from_stored(&key.limits))
    else {
        tracing::error!(key = %key.id, "a key's row cannot be read; its secret is not rotated");
        return Err(Error::Internal);
    };
    let about = Description {
        name: key.name.clone(),
        whitelist: key.whitelist.lines().map(ToOwned::to_owned).collect(),
        privileges: describe_privileges(&privileges, &context.catalogue),
        expires_at: key.expires_at,
        limits: describe_limits(&limits),
    };
    render_pdf(context, account, about, secret, now).await
}

async fn render_pdf(
    context: &Context,
    account: &AccountRow,
    about: Description,
    secret: &NewSecret,
    now: Millis,
) -> Result<Vec<u8>, Error> {
    let (product, variable) = (context.policy.product_name.clone(), context.policy.key_variable());
    let example = code_sample(
        Language::Curl,
        &SampleCall {
            url: &context.policy.api_url,
            header: context.policy.auth_header,
            variable: &variable,
            key_name: &about.name,
        },
    );
    let (account, key) = (account.name.clone(), secret.value.clone());
    let language = i18n::current();
    let render = move || {
        pdf::render(&pdf::KeyPdf {
            product: &product,
            account: &account,
            name: &about.name,
            key: key.expose_secret(),
            created_at: now,
            whitelist: &about.whitelist,
            privileges: &about.privileges,
            expires_at: about.expires_at,
            limits: &about.limits,
            example: &example,
            variable: &variable,
        })
    };
    match tokio::task::spawn_blocking(move || i18n::with_language(language, render)).await {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(error)) => {
            tracing::error!(%error, "the PDF of a key could not be rendered");
            Err(Error::Internal)
        }
        Err(_) => Err(Error::Internal),
    }
}

fn describe_limits(limits: &Limits) -> Vec<String> {
    limits.allowances().iter().map(Allowance::describe).collect()
}

/// The privileges for people, one a line: "Orders: Write (orders:write)".
fn describe_privileges(privileges: &Privileges, catalogue: &Catalogue) -> Vec<String> {
    if privileges.is_all() {
        return vec![texts::all_privileges().to_owned()];
    }
    if privileges.is_none() {
        return vec![texts::no_privileges().to_owned()];
    }
    let actions = |module: &domain::privilege::Module| {
        let named = module.actions.iter().map(|action| (action, format!("{}:{action}", module.id)));
        named
            .filter(|(_, privilege)| privileges.allows(privilege))
            .map(|(action, privilege)| texts::privilege(&module.label, action_label(action), privilege))
            .collect::<Vec<_>>()
    };
    catalogue.modules.iter().flat_map(actions).collect()
}

//! Creating a key. For a person the result includes a PDF; for a program it is idempotent.

use super::Keys;
use super::create_batch::PendingCreate;
use super::idempotency::IdempotencyKey;
use super::key_pdf::pdf_of_draft;
use super::secret::NewSecret;
use super::view::to_view;
use crate::actor::Actor;
use crate::context::Context;
use crate::detached::run_detached;
use crate::error::Error;
use crate::ids;
use domain::form::{CheckContext, KeyDraft, KeyForm};
use domain::views::KeyView;
use secrets::SecretString;
use store::{AccountRow, NewKey};

/// A new key, or a key with a new secret, which is shown once.
pub struct CreatedKey {
    /// The key as a list shows it.
    pub key: KeyView,
    /// The whole key.
    pub secret: SecretString,
    /// The key PDF, which contains the secret.
    pub pdf: Vec<u8>,
}

/// The result of a creation that may be a repeat of an earlier request.
pub struct IdempotentCreation {
    /// The key.
    pub key: KeyView,
    /// The whole key; `None` for a repeat, which reveals nothing again.
    pub secret: Option<SecretString>,
}

/// The result of a form that may have been sent before.
pub enum FormCreation {
    /// A new key, whose secret is to be shown.
    Created(CreatedKey),
    /// The key that the same form created before. Its secret was shown then.
    Repeated(KeyView),
}

impl Keys {
    /// Creates a key of `account_id`, with its PDF.
    ///
    /// # Errors
    /// [`Error::Invalid`] for the fields, [`Error::TooManyKeys`] at the account's limit, [`Error::Forbidden`] for a
    /// viewer.
    pub async fn create(&self, actor: &Actor, account_id: &str, form: &KeyForm) -> Result<CreatedKey, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = check_form(&self.context, form)?;
        let account = self.context.store.accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let (this, actor) = (self.clone(), actor.clone());
        match run_detached(async move { this.create_with_pdf(&actor, &account, draft, None).await }).await? {
            FormCreation::Created(created) => Ok(created),
            // Only a repeat under an idempotency key creates nothing.
            FormCreation::Repeated(_) => Err(Error::Internal),
        }
    }

    /// Creates a key of `account_id` from a form that may be sent again, by a reload or after a lost response.
    /// `form_id` is from [`Self::new_form_id`]; one form creates one key.
    ///
    /// # Errors
    /// As [`Self::create`], and [`Error::NotFound`] for a repeat whose key has been deleted.
    pub async fn create_from_form(
        &self,
        actor: &Actor,
        account_id: &str,
        form: &KeyForm,
        form_id: &str,
    ) -> Result<FormCreation, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = check_form(&self.context, form)?;
        let account = self.context.store.accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        // Not compared with the request: a corrected form that was saved before must not create a second key either.
        let idempotency_key = (!form_id.is_empty()).then(|| IdempotencyKey::new(&format!("form {form_id}"), b""));
        let (this, actor) = (self.clone(), actor.clone());
        run_detached(async move { this.create_with_pdf(&actor, &account, draft, idempotency_key).await }).await
    }

    /// A new id for a form that creates a key.
    #[must_use]
    pub fn new_form_id(&self) -> String {
        ids::new("form", &*self.context.random)
    }

    async fn create_with_pdf(
        &self,
        actor: &Actor,
        account: &AccountRow,
        draft: KeyDraft,
        idempotency_key: Option<IdempotencyKey>,
    ) -> Result<FormCreation, Error> {
        let (pending, secret) = prepare(&self.context, actor, account, &draft, idempotency_key);
        // Rendered before the key exists: a failure must not leave a key whose secret was never shown.
        let pdf = pdf_of_draft(&self.context, account, &draft, &secret, pending.new.created_at).await?;
        let (row, is_new) = self.batch.create(pending).await?;
        if !is_new {
            return Ok(FormCreation::Repeated(to_view(&self.context, &self.gate, row)));
        }
        // The page that shows the secret also waits for its first call.
        self.gate.watch(&row.public_id, &row.account_id);
        Ok(FormCreation::Created(CreatedKey {
            key: to_view(&self.context, &self.gate, row),
            secret: secret.value,
            pdf,
        }))
    }

    /// Creates a key of `account_id`, or returns the key that an earlier request with the same idempotency key created.
    ///
    /// # Errors
    /// As [`Self::create`]; also [`Error::IdempotencyKeyReused`] if the actor used the idempotency key for a different
    /// request, and [`Error::NotFound`] for a repeat whose key has been deleted.
    pub async fn create_idempotent(
        &self,
        actor: &Actor,
        account_id: &str,
        form: &KeyForm,
        idempotency_key: Option<IdempotencyKey>,
    ) -> Result<IdempotentCreation, Error> {
        actor.may_manage_keys(account_id)?;
        let draft = check_form(&self.context, form)?;
        actor.may_give(&draft.privileges, None)?;
        actor.may_create_in(draft.environment)?;
        let account = self.context.store.accounts().find(account_id).await?.ok_or(Error::NotFound)?;
        let (this, actor) = (self.clone(), actor.clone());
        run_detached(async move {
            let (pending, secret) = prepare(&this.context, &actor, &account, &draft, idempotency_key);
            let (row, is_new) = this.batch.create(pending).await?;
            Ok(IdempotentCreation {
                key: to_view(&this.context, &this.gate, row),
                secret: is_new.then_some(secret.value),
            })
        })
        .await
    }
}

fn check_form(context: &Context, form: &KeyForm) -> Result<KeyDraft, Error> {
    let moment = CheckContext { now: context.now(), expires_at: None };
    form.check(&context.policy, &context.catalogue, moment).map_err(Error::Invalid)
}

/// The rows of a new key, and its secret.
fn prepare(
    context: &Context,
    actor: &Actor,
    account: &AccountRow,
    draft: &KeyDraft,
    idempotency_key: Option<IdempotencyKey>,
) -> (PendingCreate, NewSecret) {
    let now = context.now();
    let secret = NewSecret::generate(context, draft.environment);
    let new = NewKey {
        id: ids::new("key", &*context.random),
        account_id: account.id.clone(),
        name: draft.name.as_str().to_owned(),
        environment: draft.environment.as_str().to_owned(),
        channel: None,
        whitelist: draft.whitelist.to_stored(),
        privileges: draft.privileges.to_stored(),
        limits: draft.limits.to_stored(),
        created_at: now,
        created_by: actor.name(),
        expires_at: draft.expires_at,
        generation: 0,
    };
    let row = secret.to_row(&new.id, now);
    let limit = context.policy.key_limit(account.parent_id.is_some());
    (PendingCreate { actor: actor.clone(), limit, new, secret: row, idempotency_key }, secret)
}

//! Carries out a form about keys: one function for each value of the field `do`. Each calls one use case of `service`,
//! which checks who may do it. Server only.

use super::{EditConflict, KeyFormAnswer, KeyWithSecret};
use crate::AppError;
use crate::access::server::safe_redirect_path;
use crate::keys::form_fields::FormFields;
use crate::keys::notice::{IDS_MAX, Notice, NoticeAct};
use crate::keys::stored_fields;
use domain::form::{FieldErrors, KeyForm};
use domain::lifecycle::DeleteForm;
use domain::merge::{Merge, merge};
use domain::views::KeyView;
use service::Keyhatch;
use service::actor::{Actor, Viewer};
use service::keys::FormCreation;

/// How often an update is merged because the key was updated meanwhile.
const MERGE_ATTEMPTS: usize = 3;

/// A submitted form and who sent it.
#[derive(Clone, Copy)]
pub struct KeyFormRequest<'a> {
    /// The services.
    pub keyhatch: &'a Keyhatch,
    /// The signed-in member.
    pub viewer: &'a Viewer,
    /// The form's fields.
    pub fields: &'a FormFields,
}

/// An answer, and what the next page says about it.
type Answered = Result<(KeyFormAnswer, Option<Notice>), AppError>;

/// Carries out the form.
///
/// # Errors
/// [`AppError::OtherAccount`] if the form's page shows another account than the session; else what the use case answers.
pub async fn answer_key_form(request: KeyFormRequest<'_>) -> Answered {
    let account = request.viewer.shown_account();
    // The session's account may have been switched in another tab; this tab must not change the account it does not show.
    if request.fields.get("account") != account {
        return Err(AppError::OtherAccount);
    }
    let actor = Actor::Member(request.viewer.clone());
    let submission = KeySubmission { keyhatch: request.keyhatch, actor: &actor, account, fields: request.fields };
    match request.fields.get("do") {
        "create" => submission.create().await,
        "update" | "update-mine" | "update-theirs" => submission.update().await,
        "undo-update" => submission.undo_update().await,
        "rotate" => submission.rotate().await,
        "end-overlap" => submission.end_overlap().await,
        "disable" => submission.disable().await,
        "enable" => submission.enable().await,
        "delete" => submission.delete().await,
        "test" => submission.explain().await,
        _ => Err(AppError::BadRequest),
    }
}

struct KeySubmission<'a> {
    keyhatch: &'a Keyhatch,
    actor: &'a Actor,
    account: &'a str,
    fields: &'a FormFields,
}

impl KeySubmission<'_> {
    /// The page that opens afterwards.
    fn done(&self, notice: Notice) -> (KeyFormAnswer, Option<Notice>) {
        let location = safe_redirect_path(Some(self.fields.get("next"))).to_owned();
        (KeyFormAnswer::Done { location }, Some(notice))
    }

    fn id(&self) -> &str {
        self.fields.get("id")
    }

    fn revision(&self) -> Result<Option<i64>, AppError> {
        match self.fields.get("revision") {
            "" => Ok(None),
            revision => revision.parse().map(Some).map_err(|_| AppError::BadRequest),
        }
    }

    async fn create(&self) -> Answered {
        let (form, form_id) = (self.fields.key_form(), self.fields.get("form_id"));
        match self.keyhatch.keys().create_from_form(self.actor, self.account, &form, form_id).await? {
            FormCreation::Created(created) => {
                let notice = Notice::about(NoticeAct::Created, &created.key);
                Ok((
                    KeyFormAnswer::Revealed(Box::new(KeyWithSecret::new(created, self.keyhatch, self.account, false))),
                    Some(notice),
                ))
            }
            FormCreation::Repeated(key) => Ok(self.done(Notice::about(NoticeAct::AlreadyCreated, &key))),
        }
    }

    async fn update(&self) -> Answered {
        let (mut form, mut revision) = (self.fields.key_form(), self.revision()?);
        let keys = self.keyhatch.keys();
        for _ in 0..MERGE_ATTEMPTS {
            match keys.update(self.actor, self.account, self.id(), &form, revision).await {
                Ok(key) => return Ok(self.done(Notice::about(NoticeAct::Updated, &key))),
                Err(service::Error::EditConflict { .. }) => {
                    let key = keys.find(self.actor, self.account, self.id()).await?;
                    form = self.merged(&key)?;
                    revision = Some(key.revision);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(AppError::Unavailable)
    }

    /// The form with what another member changed meanwhile. The button that sent it decides what both changed.
    fn merged(&self, stored: &KeyView) -> Result<KeyForm, AppError> {
        let mine = self.fields.key_form();
        let theirs = stored_fields(stored, self.keyhatch.policy()).key_form();
        // Without a readable base, every difference is one that the person has to decide.
        let base = leptos::serde_json::from_str(self.fields.get("base")).unwrap_or_default();
        let Merge { mut form, conflicts, .. } = merge(&base, &theirs, &mine);
        match self.fields.get("do") {
            "update-mine" => {}
            "update-theirs" => conflicts.iter().for_each(|conflict| conflict.field.copy(&mut form, &theirs)),
            _ if conflicts.is_empty() => {}
            _ => {
                let conflict = EditConflict::new(stored, &conflicts, self.keyhatch.now());
                return Err(AppError::EditConflict(Box::new(conflict)));
            }
        }
        Ok(form)
    }

    async fn undo_update(&self) -> Answered {
        let revision = self.revision()?.ok_or(AppError::BadRequest)?;
        match self.keyhatch.keys().undo_update(self.actor, self.account, self.id(), revision).await {
            Ok(key) => Ok(self.done(Notice::about(NoticeAct::Restored, &key))),
            Err(service::Error::EditConflict { .. }) => {
                let key = self.keyhatch.keys().find(self.actor, self.account, self.id()).await?;
                Ok(self.done(Notice::about(NoticeAct::NotRestored, &key)))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn rotate(&self) -> Answered {
        let (form, revision) = (self.fields.rotate_form(), self.revision()?);
        match self.keyhatch.key_secrets().rotate_revision(self.actor, self.account, self.id(), &form, revision).await {
            Ok(rotated) => {
                let notice = Notice::about(NoticeAct::Rotated, &rotated.key);
                Ok((
                    KeyFormAnswer::Revealed(Box::new(KeyWithSecret::new(rotated, self.keyhatch, self.account, true))),
                    Some(notice),
                ))
            }
            Err(service::Error::EditConflict { .. }) => {
                let key = self.keyhatch.keys().find(self.actor, self.account, self.id()).await?;
                Ok(self.done(Notice::about(NoticeAct::NotRotated, &key)))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn end_overlap(&self) -> Answered {
        let key = self.keyhatch.key_secrets().end_overlap(self.actor, self.account, self.id()).await?;
        Ok(self.done(Notice::about(NoticeAct::OverlapEnded, &key)))
    }

    async fn disable(&self) -> Answered {
        let ids = self.fields.key_ids();
        let affected = self.keyhatch.keys().disable_many(self.actor, self.account, &ids).await.map_err(bulk_error)?;
        self.affected(NoticeAct::Disabled, affected, &ids).await
    }

    async fn enable(&self) -> Answered {
        let ids = self.fields.key_ids();
        let affected = self.keyhatch.keys().enable_many(self.actor, self.account, &ids).await.map_err(bulk_error)?;
        self.affected(NoticeAct::Enabled, affected, &ids).await
    }

    async fn delete(&self) -> Answered {
        let (keys, ids) = (self.keyhatch.keys(), self.fields.key_ids());
        let form = DeleteForm {
            reason: self.fields.get("reason").to_owned(),
            confirm_name: self.fields.get("confirm_name").to_owned(),
        };
        let deleted = match &*ids {
            [id] => {
                keys.delete_confirmed(self.actor, self.account, id, &form).await?;
                ids.clone()
            }
            _ => keys.delete_many(self.actor, self.account, &ids, &form.reason).await.map_err(bulk_error)?,
        };
        self.affected(NoticeAct::Deleted, deleted, &ids).await
    }

    /// The answer to an act on several keys. Those that needed nothing, or do not exist, are left out; if none exists,
    /// that is an error. The notice names keys that were found only: what was asked for is any text.
    async fn affected(&self, act: NoticeAct, affected: Vec<String>, asked: &[String]) -> Answered {
        if !affected.is_empty() {
            return Ok(self.done(Notice::about_all(act, affected)));
        }
        let mut existing = Vec::new();
        for id in asked.iter().take(IDS_MAX) {
            match self.keyhatch.keys().find(self.actor, self.account, id).await {
                Ok(key) => existing.push(key.id),
                Err(service::Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if existing.is_empty() {
            return Err(AppError::NotFound);
        }
        Ok(self.done(Notice::about_all(NoticeAct::NothingToDo, existing)))
    }

    async fn explain(&self) -> Answered {
        let form = self.fields.explain_form();
        let call = form.call().map_err(AppError::Invalid)?;
        let explanation = self.keyhatch.key_calls().explain(self.actor, self.account, self.id(), &call).await?;
        Ok((KeyFormAnswer::Explained(explanation), None))
    }
}

/// The ids have no field of their own on screen, so their message belongs to the whole form.
fn bulk_error(error: service::Error) -> AppError {
    match AppError::from(error) {
        AppError::Invalid(FieldErrors(mut errors)) => {
            for error in &mut errors {
                if error.field == "ids" {
                    error.field = String::new();
                }
            }
            AppError::Invalid(FieldErrors(errors))
        }
        other => other,
    }
}

//! The slider or dialog over the list: the one that the address names, or the one that a posted form asks for.

use super::shown_keys::ShownKeys;
use crate::AppError;
use crate::forms::{FormOutcome, OneTimeSecret};
use crate::keys::url::{KeyDialog, KeyQuery};
use crate::keys::{
    Act, ConfirmActDialog, DialogContext, EditorPanel, ExplainPanel, FormFields, RevealPage, RotateDialog,
};
use domain::lifecycle::BULK_MAX;
use leptos::prelude::*;

/// The dialog that the address names, or why it cannot be opened. A viewer's address opens only the tester.
pub(super) async fn open_dialog(
    keys: &ShownKeys<'_>,
    requested: Option<KeyDialog>,
    query: &KeyQuery,
    context: &DialogContext,
) -> (Option<AnyView>, Option<AppError>) {
    let Some(requested) = requested else { return (None, None) };
    if !context.may_manage && !matches!(requested, KeyDialog::Test(_)) {
        return (None, Some(AppError::Forbidden));
    }
    let key = match requested.key_id() {
        Some(id) => match keys.find(id).await {
            Ok(key) => Some(key),
            Err(problem) => return (None, Some(problem)),
        },
        None => None,
    };
    let context = context.clone();
    let dialog = match (requested, key) {
        (KeyDialog::Edit(_) | KeyDialog::EditForTest(_), Some(key)) => {
            view! { <EditorPanel key=Some(key) context /> }.into_any()
        }
        (KeyDialog::Rotate(_), Some(key)) => view! { <RotateDialog key context /> }.into_any(),
        (KeyDialog::Test(_), Some(key)) => {
            let edit = context.may_manage.then(|| query.dialog_url(&KeyDialog::EditForTest(key.id.clone())));
            view! { <ExplainPanel key edit=edit.unwrap_or_default() context /> }.into_any()
        }
        (KeyDialog::EndOverlap(_), Some(key)) => confirm(Act::EndOverlap, vec![key], context),
        (KeyDialog::Disable(_), Some(key)) => confirm(Act::Disable, vec![key], context),
        (KeyDialog::Enable(_), Some(key)) => confirm(Act::Enable, vec![key], context),
        (KeyDialog::Delete(_), Some(key)) => confirm(Act::Delete, vec![key], context),
        _ => view! { <EditorPanel key=None context /> }.into_any(),
    };
    (Some(dialog), None)
}

fn confirm(act: Act, keys: Vec<domain::views::KeyView>, context: DialogContext) -> AnyView {
    view! { <ConfirmActDialog act keys context /> }.into_any()
}

/// The dialog that a posted form asks for: the reveal of a new secret, or the confirmation of an act on keys. That also
/// opens again if the act was refused, with what was typed.
pub(super) async fn review_dialog(
    keys: &ShownKeys<'_>,
    outcome: &FormOutcome,
    context: &DialogContext,
) -> Option<AnyView> {
    if let Some(OneTimeSecret::Key(revealed)) = &outcome.one_time_secret {
        let (revealed, next) = ((**revealed).clone(), context.close.clone());
        return Some(view! { <RevealPage revealed next /> }.into_any());
    }
    let act = match outcome.form.as_str() {
        "review-disable" | "disable" => Act::Disable,
        "review-enable" | "enable" => Act::Enable,
        "review-delete" | "delete" => Act::Delete,
        _ => return None,
    };
    let mut chosen = Vec::new();
    for id in FormFields(outcome.typed.clone()).key_ids().iter().take(BULK_MAX) {
        // A key that was deleted meanwhile needs nothing more.
        chosen.extend(keys.find(id).await.ok());
    }
    // As in the list: the newest first.
    chosen.sort_by_key(|key| std::cmp::Reverse(key.created_at));
    (!chosen.is_empty() && context.may_manage).then(|| confirm(act, chosen, context.clone()))
}

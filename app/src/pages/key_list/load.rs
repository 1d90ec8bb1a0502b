//! Loads what the page shows: the keys that the address asks for, the keys that a dialog or a notice is about.

use super::dialog::{open_dialog, review_dialog};
use super::notice::LoadedNotice;
use super::shown_keys::ShownKeys;
use crate::context::{actor, app_state, fail, visitor};
use crate::forms::FormOutcome;
use crate::keys::list::KeyListData;
use crate::keys::url::{KeyDialog, KeyQuery};
use crate::keys::{DialogContext, take_notice};
use domain::member::Role;
use leptos::prelude::*;
use service::keys::PageRequest;

/// What the page shows.
pub(super) struct KeysPage {
    pub(super) email: String,
    pub(super) list: KeyListData,
    pub(super) notice: Option<LoadedNotice>,
    pub(super) dialog: Option<AnyView>,
    /// Why the requested dialog could not be opened, or a form without a dialog was refused.
    pub(super) message: String,
}

/// Loads the page.
///
/// # Errors
/// The message to show instead.
pub(super) async fn load() -> Result<KeysPage, String> {
    let state = app_state().map_err(|error| error.message())?;
    let visitor = visitor().map_err(|error| error.message())?;
    let (actor, account) = actor().map_err(|error| fail(error).message())?;
    let viewer = visitor.viewer.map_err(|error| fail(error).message())?;
    let parameters = leptos_router::hooks::use_location().search.get_untracked();
    let (query, requested) = (KeyQuery::parse(&parameters), KeyDialog::parse(&parameters));
    let keys = ShownKeys { keyhatch: &state.keyhatch, actor: &actor, account: &account };
    let request = page_request(&query);
    let page = keys.keyhatch.keys().list(&actor, &account, &request).await.map_err(|error| fail(error).message())?;
    let notice = match take_notice(state.is_https) {
        Some(notice) => LoadedNotice::load(&keys, notice).await,
        None => None,
    };
    let may_manage = viewer.role != Role::Viewer;
    let context = DialogContext {
        policy: keys.keyhatch.policy().clone(),
        catalogue: keys.keyhatch.catalogue().clone(),
        now: keys.keyhatch.now(),
        my_address: visitor.address.map(|address| address.to_string()).unwrap_or_default(),
        email: viewer.email.clone(),
        may_manage,
        account: account.clone(),
        close: query.url_after(requested.as_ref()),
        url: requested.as_ref().map_or_else(|| query.url(), |dialog| query.dialog_url(dialog)),
        form_id: keys.keyhatch.keys().new_form_id(),
    };
    let outcome = use_context::<FormOutcome>();
    let review = match &outcome {
        Some(outcome) => review_dialog(&keys, outcome, &context).await,
        None => None,
    };
    let (dialog, problem) = match review {
        Some(dialog) => (Some(dialog), None),
        None => open_dialog(&keys, requested, &query, &context).await,
    };
    let refused = outcome.as_ref().filter(|_| dialog.is_none()).and_then(FormOutcome::message);
    let message = problem.map(|problem| fail(problem).message()).or(refused).unwrap_or_default();
    let list = KeyListData {
        page,
        query,
        now: context.now,
        policy: context.policy,
        account,
        may_manage,
        changed: notice.as_ref().map(LoadedNotice::changed).unwrap_or_default(),
        selected: Vec::new(),
    };
    Ok(KeysPage { email: viewer.email, list, notice, dialog, message })
}

fn page_request(query: &KeyQuery) -> PageRequest {
    PageRequest {
        search: Some(query.search.clone()).filter(|search| !search.is_empty()),
        environment: query.environment,
        state: query.state,
        sort: query.sort,
        size: query.show,
        after: query.after.clone(),
    }
}

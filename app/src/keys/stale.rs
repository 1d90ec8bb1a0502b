//! What a person is told whose form somebody else was faster with: who it was, what is stored now where it differs from
//! what is typed, and the choice between the two.

use super::draft::Draft;
use crate::dom::{Element, el};
use crate::parts::button;
use domain::limits::Limits;
use domain::listing::KeyView;
use domain::policy::Policy;
use domain::time::{self, Millis};
use leptos::prelude::*;

/// The key as it is stored now.
#[derive(Clone)]
pub(super) struct Meanwhile {
    pub(super) key: KeyView,
    /// Who changed it.
    pub(super) by: String,
    /// When.
    pub(super) at: Millis,
    /// When this was found out.
    pub(super) now: Millis,
}

/// The message, while there is one. `revision` is that of the key that the slider was opened with; both ways on take the
/// one that is stored.
pub(super) fn stale_part(
    meanwhile: RwSignal<Option<Meanwhile>>,
    revision: StoredValue<Option<i64>>,
    draft: Draft,
    policy: StoredValue<Policy>,
    save: Callback<()>,
) -> Element {
    let accept = move || {
        let found = meanwhile.get_untracked()?;
        revision.set_value(Some(found.key.revision));
        meanwhile.set(None);
        Some(found.key)
    };
    let take = Callback::new(move |()| {
        if let Some(key) = accept() {
            policy.with_value(|policy| draft.load(&key, policy));
        }
    });
    let save_over = Callback::new(move |()| {
        if accept().is_some() {
            save.run(());
        }
    });
    let shown = move || meanwhile.with(|found| found.as_ref().map(|found| note(found, draft, take, save_over)));
    el("div").attr("role", "alert").live_if(shown)
}

fn note(found: &Meanwhile, draft: Draft, on_reload: Callback<()>, on_save: Callback<()>) -> Element {
    let head = format!(
        "{} changed this key {}. What you typed is still here; what is stored now:",
        found.by,
        time::ago(found.at, found.now)
    );
    let (key, form) = (&found.key, draft.form());
    let any = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.replace('\n', ", ") };
    let typed_privileges =
        if form.all_privileges { "all".to_owned() } else { any(&form.privileges.join(", "), "none") };
    let stored_privileges =
        if key.privileges == "*" { "all".to_owned() } else { any(&key.privileges.replace(' ', ", "), "none") };
    let mut ignored = domain::form::FieldErrors::default();
    let limits = form.limits.check(&mut ignored).map(|limits| limits.to_stored()).unwrap_or_default();
    let summary =
        |stored: &str| any(&Limits::from_stored(stored).map(|limits| limits.summary()).unwrap_or_default(), "none");
    let end = |at: Option<Millis>| at.map_or_else(|| "never".to_owned(), time::date_time_utc);
    let typed_end = if form.expires == key.expires_at.map(domain::expiry::typed_expiry).unwrap_or_default() {
        end(key.expires_at)
    } else {
        any(&form.expires, "never")
    };
    let rows = [
        ("Name", key.name.clone(), form.name.trim().to_owned()),
        ("IP whitelist", any(&key.whitelist, "any address"), any(form.whitelist.trim(), "any address")),
        ("Privileges", stored_privileges, typed_privileges),
        ("Limits", summary(&key.limits), summary(&limits)),
        ("Expires", end(key.expires_at), typed_end),
    ];
    let differing = rows.into_iter().filter(|(_, stored, typed)| stored != typed).map(|(label, stored, typed)| {
        el("li").child(el("strong").child(label)).child(format!(": {stored}. You typed: {typed}."))
    });
    el("div").class("note warn stale").child(el("p").child(head)).child(el("ul").children(differing)).child(
        el("div")
            .class("actions")
            .child(button("button").on_click(move || on_reload.run(())).child("Take what is stored"))
            .child(button("button").on_click(move || on_save.run(())).child("Save over it")),
    )
}

//! What a person is shown whose form somebody else was faster with, and the choice between the two.

use super::draft::Draft;
use super::server::Stale;
use crate::dom::{Element, el};
use crate::parts::button;
use domain::policy::Policy;
use leptos::prelude::*;

/// Which version of a key the slider is about.
#[derive(Default)]
pub(super) struct Version {
    /// The revision that it was opened with; none for a new key.
    pub(super) revision: Option<i64>,
    /// What was stored meanwhile.
    pub(super) stale: Option<Stale>,
}

/// The message, while `is_stale`. Both ways on take the revision that is stored.
pub(super) fn stale_part(
    version: StoredValue<Version>,
    is_stale: RwSignal<bool>,
    draft: Draft,
    policy: StoredValue<Policy>,
    save: Callback<()>,
) -> Element {
    let choice = move |label: &'static str, is_theirs: bool| {
        let choose = move || {
            let Some(Stale { key, .. }) = version.write_value().stale.take() else { return };
            version.write_value().revision = Some(key.revision);
            is_stale.set(false);
            if is_theirs {
                policy.with_value(|policy| draft.load(&key, policy));
            } else {
                save.run(());
            }
        };
        button("button").on_click(choose).child(label)
    };
    let shown = move || {
        let (said, differences) = is_stale
            .get()
            .then(|| {
                version.with_value(|version| {
                    version.stale.as_ref().map(|stale| (stale.said.clone(), stale.differences.clone()))
                })
            })
            .flatten()?;
        let choices = [choice("Take what is stored", true), choice("Save over it", false)];
        Some(
            el("div")
                .class("note warn stale")
                .child(el("p").child(said))
                .child(el("ul").children(differences.into_iter().map(|difference| el("li").child(difference))))
                .child(el("div").class("actions").children(choices)),
        )
    };
    el("div").attr("role", "alert").live_if(shown)
}

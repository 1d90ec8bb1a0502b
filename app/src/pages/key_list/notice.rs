//! The notice about the last act, with a button that undoes it where that is possible.

use super::shown_keys::ShownKeys;
use crate::keys::form_fields::KEY;
use crate::keys::list::KeyListData;
use crate::keys::{Notice, NoticeAct};
use crate::text::notices as text;
use leptos::prelude::*;

/// A notice whose keys were looked up.
pub(super) struct LoadedNotice {
    notice: Notice,
    /// The name of the key, if it is one.
    name: String,
}

impl LoadedNotice {
    /// `None` if its key is not one of this account.
    pub(super) async fn load(keys: &ShownKeys<'_>, notice: Notice) -> Option<Self> {
        let first = keys.find_including_deleted(notice.ids.first()?).await?;
        Some(Self { notice, name: first.name })
    }

    /// The keys to mark in the list.
    pub(super) fn changed(&self) -> Vec<String> {
        self.notice.ids.clone()
    }

    fn sentence(&self) -> String {
        match self.notice.count {
            1 => text::about_key(self.notice.act, &self.name),
            count => text::about_keys(self.notice.act, count),
        }
    }

    /// The name of the form that undoes the act.
    fn undo(&self) -> Option<&'static str> {
        if !self.notice.is_complete() {
            return None;
        }
        match self.notice.act {
            NoticeAct::Disabled => Some("enable"),
            NoticeAct::Enabled => Some("disable"),
            NoticeAct::Updated => Some("undo-update"),
            _ => None,
        }
    }
}

/// The notice, announced and visible until the next page or until it is closed.
pub(super) fn notice_view(loaded: LoadedNotice, list: &KeyListData) -> AnyView {
    let sentence = loaded.sentence();
    let close = list.query.url();
    let undo = loaded.undo().filter(|_| list.may_manage).map(|form| {
        let ids: Vec<_> = loaded
            .notice
            .ids
            .iter()
            .map(|id| view! { <input type="hidden" name=format!("{KEY}{id}") value="on" /> })
            .collect();
        let id = (form == "undo-update").then(|| loaded.notice.ids.first().cloned()).flatten();
        view! {
            <form method="post" action=close.clone()>
                <input type="hidden" name="account" value=list.account.clone() />
                <input type="hidden" name="next" value=close.clone() />
                {match id {
                    Some(id) => view! { <input type="hidden" name="id" value=id /> }.into_any(),
                    None => ids.into_any(),
                }}
                {loaded.notice.revision.map(|revision| view! { <input type="hidden" name="revision" value=revision /> })}
                <button class="link" type="submit" name="do" value=form>{text::undo()}</button>
            </form>
        }
    });
    view! {
        <div class="toast" role="status">
            <p>{sentence}</p>
            {undo}
            <a class="close" role="button" href=close aria-label=text::close()></a>
        </div>
    }
    .into_any()
}

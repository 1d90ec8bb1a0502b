//! The one-time notice about what a form did, for the next page: a short-lived cookie with the act and the keys' ids.
//! Names are looked up when it is shown, so the cookie holds nothing that the page would not show anyway. Server only.

use crate::context::add_cookie;
use domain::lifecycle::BULK_MAX;
use domain::views::KeyView;
use http::HeaderValue;
use leptos::prelude::use_context;

/// The name of the cookie.
pub const COOKIE: &str = "keyhatch-notice";
/// Seconds until the browser drops a notice that no page has shown.
const MAX_AGE: u32 = 600;
/// The most ids in a cookie, which a browser limits to 4 KiB. Of a longer list the notice only counts.
pub(super) const IDS_MAX: usize = 100;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeAct {
    /// A key was created.
    Created,
    /// The form had created the key before.
    AlreadyCreated,
    /// A key was updated.
    Updated,
    /// An update was undone.
    Restored,
    /// The key was changed again, so the update was not undone.
    NotRestored,
    /// A key's secret was rotated.
    Rotated,
    /// The key was changed before it could be rotated, perhaps by the same form.
    NotRotated,
    /// The old secret was ended.
    OverlapEnded,
    /// Keys were disabled.
    Disabled,
    /// Keys were enabled.
    Enabled,
    /// Keys were deleted.
    Deleted,
    /// The keys were already as asked.
    NothingToDo,
}

const WORDS: [(NoticeAct, &str); 12] = [
    (NoticeAct::Created, "created"),
    (NoticeAct::AlreadyCreated, "already-created"),
    (NoticeAct::Updated, "updated"),
    (NoticeAct::Restored, "restored"),
    (NoticeAct::NotRestored, "not-restored"),
    (NoticeAct::Rotated, "rotated"),
    (NoticeAct::NotRotated, "not-rotated"),
    (NoticeAct::OverlapEnded, "overlap-ended"),
    (NoticeAct::Disabled, "disabled"),
    (NoticeAct::Enabled, "enabled"),
    (NoticeAct::Deleted, "deleted"),
    (NoticeAct::NothingToDo, "nothing"),
];

/// A notice: `<act>.<revision>.<count>.<id>.<id>…`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What was done.
    pub act: NoticeAct,
    /// The keys that it was done to, at most 100 of them.
    pub ids: Vec<String>,
    /// How many keys it was done to.
    pub count: usize,
    /// The revision of a single key afterwards, which undoing an update compares.
    pub revision: Option<i64>,
}

impl Notice {
    /// A notice about one key.
    pub(super) fn about(act: NoticeAct, key: &KeyView) -> Self {
        Self { act, ids: vec![key.id.clone()], count: 1, revision: Some(key.revision) }
    }

    /// A notice about several keys.
    pub(super) fn about_all(act: NoticeAct, mut ids: Vec<String>) -> Self {
        let count = ids.len();
        ids.truncate(IDS_MAX);
        Self { act, ids, count, revision: None }
    }

    /// Whether all its keys are known, so that the act can be undone.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.ids.len() == self.count
    }

    /// The value of the cookie.
    #[must_use]
    pub fn to_value(&self) -> String {
        let word = WORDS.iter().find(|(act, _)| *act == self.act).map(|(_, word)| *word).unwrap_or_default();
        let revision = self.revision.map(|revision| revision.to_string()).unwrap_or_default();
        let mut value = format!("{word}.{revision}.{}", self.count);
        for id in &self.ids {
            value.push('.');
            value.push_str(id);
        }
        value
    }

    /// Parses the value of the cookie; `None` if it is not one of ours.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split('.');
        let (word, revision, count) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
        let act = WORDS.iter().find(|(_, own)| *own == word).map(|(act, _)| *act)?;
        let revision = if revision.is_empty() { None } else { Some(revision.parse().ok()?) };
        let ids: Vec<String> = parts.map(ToOwned::to_owned).collect();
        let is_id = |id: &String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_counted = (1..=IDS_MAX).contains(&ids.len()) && (ids.len()..=BULK_MAX).contains(&count);
        (is_counted && ids.iter().all(is_id)).then_some(Self { act, ids, count, revision })
    }

    /// The `Set-Cookie` header.
    #[must_use]
    pub fn to_header(&self, is_https: bool) -> Option<HeaderValue> {
        cookie(is_https, &self.to_value(), MAX_AGE)
    }
}

/// Sets the cookie on the response of this request.
pub(super) fn set_notice(is_https: bool, notice: &Notice) {
    if let Some(header) = notice.to_header(is_https) {
        add_cookie(header);
    }
}

/// The notice of this request, which is shown once: the response deletes its cookie.
pub fn take_notice(is_https: bool) -> Option<Notice> {
    let parts = use_context::<http::request::Parts>()?;
    let values = parts.headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = values
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())?;
    if let Some(header) = cookie(is_https, "", 0) {
        add_cookie(header);
    }
    Notice::parse(&value)
}

fn cookie(is_https: bool, value: &str, max_age: u32) -> Option<HeaderValue> {
    let secure = if is_https { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/settings; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    HeaderValue::from_str(&cookie).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_round_trips() {
        for (act, _) in WORDS {
            let notice = Notice { act, ids: vec!["key_1".into(), "key_2".into()], count: 2, revision: Some(7) };
            assert_eq!(Notice::parse(&notice.to_value()), Some(notice));
        }
        let without = Notice::about_all(NoticeAct::Deleted, vec!["key_1".into()]);
        assert_eq!(Notice::parse(&without.to_value()), Some(without));
    }

    /// The largest bulk act fits a cookie, which browsers limit to 4 KiB.
    #[test]
    fn a_long_list_is_cut_but_counted() {
        let ids = (0..BULK_MAX).map(|number| format!("key_{number:016}")).collect();
        let notice = Notice::about_all(NoticeAct::Disabled, ids);
        assert_eq!((notice.count, notice.ids.len(), notice.is_complete()), (BULK_MAX, IDS_MAX, false));
        let header = notice.to_header(true).expect("a header");
        assert!(header.len() < 4_096, "{}", header.len());
        assert_eq!(Notice::parse(&notice.to_value()), Some(notice));
    }

    #[test]
    fn a_foreign_value_is_no_notice() {
        for value in [
            "",
            "disabled",
            "disabled.",
            "disabled..",
            "disabled..1",
            "disabled..1.",
            "other.1.1.key_1",
            "disabled.x.1.key_1",
            "disabled.1.x.key_1",
            "disabled.1.0.key_1",
            "disabled.1.501.key_1",
            "disabled.1.1.key_1.key_2",
            "disabled.1.1.<b>",
        ] {
            assert_eq!(Notice::parse(value), None, "{value}");
        }
        let many = Notice::about_all(NoticeAct::Deleted, vec!["key_1".to_owned(); IDS_MAX + 1]);
        assert_eq!(Notice::parse(&format!("{}.key_1", many.to_value())), None);
    }
}

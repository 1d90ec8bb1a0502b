//! Posted input: a plain HTML form, the JSON of the key editor, and a gateway's query string. The first byte of the input
//! selects which.

use adapters::fuzzing as gate;
use domain::form::{CheckContext, KeyForm};
use domain::limits::Limits;
use domain::policy::Policy;
use domain::{Catalogue, Whitelist};

/// 18 November 2026.
const NOW: i64 = 1_794_992_645_120;

pub fn form(data: &[u8]) {
    match data.split_first() {
        Some((b'p', body)) => html_form(body),
        Some((b'j', body)) => key_form(body),
        Some((b'q', query)) => gateway_query(query),
        _ => {}
    }
}

/// The sign-in form, as its page posts it.
fn html_form(body: &[u8]) {
    // An invalid byte is decoded to a replacement character of three bytes.
    assert!(console::fuzzing::sign_in_form(body).is_none_or(|values| values <= 3 * body.len()));
}

/// The key form, as the editor posts it.
fn key_form(body: &[u8]) {
    let Ok(form) = serde_json::from_slice::<KeyForm>(body) else { return };
    let policy = Policy::default();
    let catalogue = Catalogue::parse(policy.modules.clone()).expect("the default modules");
    match form.check(&policy, &catalogue, CheckContext { now: NOW, expires_at: None }) {
        Ok(draft) => {
            assert!(draft.whitelist.len() <= policy.whitelist_max);
            assert!(draft.name.as_str().chars().count() <= policy.name_max && !draft.name.as_str().is_empty());
            assert_eq!(Whitelist::from_stored(&draft.whitelist.to_stored()), Ok(draft.whitelist));
            assert_eq!(Limits::from_stored(&draft.limits.to_stored()), Ok(draft.limits));
            assert!(draft.expires_at.is_none_or(|end| end > NOW));
        }
        Err(errors) => assert!(!errors.is_empty() && !errors.to_string().is_empty()),
    }
}

/// A gateway's query string.
fn gateway_query(query: &[u8]) {
    let Ok(query) = std::str::from_utf8(query) else { return };
    let twice = format!("{query}&channel=rest&channel=rest");
    assert!(!gate::is_requirement(&twice), "a duplicate parameter is refused");
    let hidden = gate::query_contains_credential("kh", format!("{query}&access_token=").as_bytes());
    assert!(hidden, "a credential is found anywhere in the query");
    gate::is_requirement(query);
}

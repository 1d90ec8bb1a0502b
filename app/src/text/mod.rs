//! The texts of the console, one file per area, whose words stand in the catalogue of the crate `i18n`. Here is only which
//! text and which arguments. Messages about typed values belong to the rules in `domain`.
//!
//! The areas without `cfg` are those that islands write in the browser; their words are sent with the page: see `shell`.

/// A text without arguments, in a table of texts: the language is known only when it is called.
#[cfg(feature = "ssr")]
pub type Text = fn() -> &'static str;

#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod access;
#[cfg(feature = "ssr")]
pub mod activity;
#[cfg(feature = "ssr")]
pub mod dialogs;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod editor;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod errors;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod explain;
#[cfg(feature = "ssr")]
pub mod explain_form;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod history;
#[cfg(feature = "ssr")]
pub mod key_details;
#[cfg(feature = "ssr")]
pub mod key_properties;
#[cfg(feature = "ssr")]
pub mod keys_page;
#[cfg(feature = "ssr")]
pub mod list;
pub mod list_islands;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod members;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod password_reset;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod reveal;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
pub mod sub_accounts;
#[cfg(feature = "ssr")]
pub mod two_factor;

/// Every text of the console that code uses. Those of `domain` and `service` are listed there.
#[cfg(feature = "ssr")]
pub const IDS: &[&[i18n::TextId]] = &[
    access::IDS,
    activity::IDS,
    dialogs::IDS,
    editor::IDS,
    errors::IDS,
    explain::IDS,
    explain_form::IDS,
    forms::IDS,
    frame::IDS,
    history::IDS,
    key_details::IDS,
    key_properties::IDS,
    keys_page::IDS,
    list::IDS,
    list_islands::IDS,
    mail::IDS,
    members::IDS,
    notices::IDS,
    password_reset::IDS,
    reveal::IDS,
    security::IDS,
    sub_accounts::IDS,
    two_factor::IDS,
];

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::collections::BTreeMap;

    /// A text that is used but not written would be shown as its id; one that is written but not used is work for nobody.
    #[test]
    fn code_and_catalogue_have_the_same_texts_and_arguments() {
        let sorted = |arguments: &[&'static str]| {
            let mut arguments = arguments.to_vec();
            arguments.sort_unstable();
            arguments
        };
        let used: BTreeMap<_, _> =
            super::IDS.iter().flat_map(|ids| ids.iter()).map(|(id, arguments)| (*id, sorted(arguments))).collect();
        let written: BTreeMap<_, _> = i18n::MessageCatalogue::ids().into_iter().collect();
        let differ = |(id, arguments): &(&&'static str, &Vec<&'static str>)| written.get(**id) != Some(*arguments);
        let not_written: Vec<_> = used.iter().filter(differ).collect();
        let not_used: Vec<_> = written.keys().filter(|id| !used.contains_key(**id)).collect();
        assert!(
            not_written.is_empty() && not_used.is_empty(),
            "not written so: {not_written:?}\nnot used: {not_used:?}"
        );
    }
}

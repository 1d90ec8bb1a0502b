//! The panel or dialog that the address opens over the list. Because it is in the URL, Back closes it, and a click
//! before the page is hydrated is a plain navigation.

use super::query::parameters;
use super::server::KeyAction;

/// What is open over the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    Closed,
    /// The panel that creates a key.
    Add,
    /// The panel that edits this key.
    Edit(String),
    /// The panel that explains how the gate answers a call with this key.
    Test(String),
    /// The dialog that rotates this key's secret.
    Rotate(String),
    /// The dialog that ends the overlap of this key's old secret early.
    EndOverlap(String),
    /// The dialog that disables this key.
    Disable(String),
    /// The dialog that enables this key.
    Enable(String),
    /// The dialog that deletes this key.
    Delete(String),
    /// The dialog for an action on all selected keys. It has no URL.
    Bulk(KeyAction),
}

impl Overlay {
    /// The query parameters that open an overlay.
    #[cfg(feature = "ssr")]
    pub const NAMES: [&str; 8] = ["add", "edit", "test", "rotate", "end-overlap", "disable", "enable", "delete"];

    /// Parses a query string, with or without its leading `?`.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        for (name, id) in parameters(query) {
            let with_id = match name {
                "add" => return Self::Add,
                "edit" => Self::Edit,
                "test" => Self::Test,
                "rotate" => Self::Rotate,
                "end-overlap" => Self::EndOverlap,
                "disable" => Self::Disable,
                "enable" => Self::Enable,
                "delete" => Self::Delete,
                _ => continue,
            };
            if is_key_id(id) {
                return with_id(id.to_owned());
            }
        }
        Self::Closed
    }

    /// The query parameter that opens it; empty if there is none.
    pub(super) fn query(&self) -> String {
        let (name, id) = match self {
            Self::Closed | Self::Bulk(_) => return String::new(),
            Self::Add => return "add".to_owned(),
            Self::Edit(id) => ("edit", id),
            Self::Test(id) => ("test", id),
            Self::Rotate(id) => ("rotate", id),
            Self::EndOverlap(id) => ("end-overlap", id),
            Self::Disable(id) => ("disable", id),
            Self::Enable(id) => ("enable", id),
            Self::Delete(id) => ("delete", id),
        };
        format!("{name}={id}")
    }

    /// The id of the key that it is about.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        match self {
            Self::Edit(id)
            | Self::Test(id)
            | Self::Rotate(id)
            | Self::EndOverlap(id)
            | Self::Disable(id)
            | Self::Enable(id)
            | Self::Delete(id) => Some(id),
            Self::Closed | Self::Add | Self::Bulk(_) => None,
        }
    }
}

fn is_key_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::list_filter::ListFilter;
    use crate::keys::query::{PATH, url};
    use domain::key::Environment;
    use domain::views::KeyState;

    #[test]
    fn overlay_and_filter_round_trip_through_the_url() {
        let of_key = [
            Overlay::Edit,
            Overlay::Test,
            Overlay::Rotate,
            Overlay::EndOverlap,
            Overlay::Disable,
            Overlay::Enable,
            Overlay::Delete,
        ];
        let of_key = of_key.map(|overlay| overlay("key_1".into()));
        for overlay in [Overlay::Closed, Overlay::Add].into_iter().chain(of_key) {
            let url = url(&[overlay.query(), "q=edit%3D".into(), "environment=sandbox".into(), "state=deleted".into()]);
            let query = url.strip_prefix(PATH).unwrap();
            assert_eq!(Overlay::from_query(query), overlay);
            let filter = ListFilter { environment: Some(Environment::Sandbox), state: KeyState::Deleted };
            assert_eq!(ListFilter::from_query(query), filter);
            let parameters: Vec<_> = filter.parameters().collect();
            assert_eq!(parameters, [("environment", "sandbox"), ("state", "deleted")]);
        }
    }

    #[test]
    fn invalid_query_opens_nothing() {
        for query in ["?edit=", "?edit=a/b", "?edit=%3Cscript%3E", "?q=add", "?environment=add", "?"] {
            assert_eq!(Overlay::from_query(query), Overlay::Closed, "{query}");
            assert_eq!(ListFilter::from_query(query), ListFilter::default(), "{query}");
        }
    }
}

//! The list's filters by environment and state, as the address bar holds them.

use super::query::parameters;
use domain::key::Environment;
use domain::views::KeyState;

/// Which keys the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ListFilter {
    /// Only keys of this environment; of all without one.
    pub(super) environment: Option<Environment>,
    /// Only keys in this state.
    pub(super) state: KeyState,
}

impl ListFilter {
    pub(super) fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in parameters(query) {
            match name {
                "environment" => filter.environment = Environment::parse(value),
                "state" => filter.state = KeyState::parse(value).unwrap_or_default(),
                _ => {}
            }
        }
        filter
    }

    /// The query parameters of this filter: name and value. The defaults need none.
    pub(super) fn parameters(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let environment = self.environment.map(|environment| ("environment", environment.as_str()));
        let state = Some(("state", self.state.as_str())).filter(|_| self.state != KeyState::Active);
        environment.into_iter().chain(state)
    }
}

//! The account that a page shows, as the frame needs it. Which account that is was decided in the session.

/// The account that the page shows.
pub struct ShownAccount {
    /// Id of the account.
    pub id: String,
    /// Name of the account.
    pub name: String,
    /// Id and name of each account the member can switch to, including this one; empty if there is only one.
    pub switchable: Vec<(String, String)>,
    /// Id and name of the member's own account while a sub-account is shown.
    pub own_account: Option<(String, String)>,
}

impl ShownAccount {
    /// The account of this request; `None` without a signed-in member.
    #[cfg(feature = "ssr")]
    pub fn from_request() -> Option<Self> {
        let visitor = crate::context::visitor().ok()?;
        let switchable = visitor.accounts.into_iter().map(|account| (account.id, account.name)).collect();
        let viewer = visitor.viewer.ok()?;
        let own_account = viewer.open.is_some().then(|| (viewer.account_id.clone(), viewer.account_name.clone()));
        Some(Self {
            id: viewer.shown_account().to_owned(),
            name: viewer.shown_account_name().to_owned(),
            switchable,
            own_account,
        })
    }

    /// No account: in the browser only islands run.
    #[cfg(not(feature = "ssr"))]
    pub fn from_request() -> Option<Self> {
        None
    }
}

//! The accounts of these tests with their members and credentials, and what the requests name.

use std::cell::Cell;

use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::privilege::Module;
use secrecy::ExposeSecret as _;
use service::actor::Actor;
use service::members::InviteForm;

use crate::support::{ConsoleApp, UNKNOWN_SESSION};

/// An account, its parent and child accounts, and an unrelated one.
pub struct AccountTree {
    pub console: ConsoleApp,
    pub parent: String,
    /// The account that the requests are about.
    pub account: String,
    child: String,
    unrelated: String,
    last_number: Cell<u32>,
}

impl AccountTree {
    pub async fn start() -> Self {
        let mut policy = Policy { sub_account_depth: 2, keys_per_account: 1_000, ..Policy::default() };
        let actions = vec!["read".to_owned(), "write".to_owned()];
        policy.modules.push(Module { id: "sub-accounts".to_owned(), label: "Sub-accounts".to_owned(), actions });
        let console = ConsoleApp::start_with_policy(policy).await;
        let parent = console.app.account.clone();
        let account = console.create_account("Middle", Some(&parent)).await;
        let child = console.create_account("Child", Some(&account)).await;
        let unrelated = console.create_account("Unrelated", None).await;
        Self { console, parent, account, child, unrelated, last_number: Cell::new(0) }
    }

    /// A number that was not used before.
    pub fn next_number(&self) -> u32 {
        self.last_number.set(self.last_number.get() + 1);
        self.last_number.get()
    }

    /// The id and the secret of a new key.
    pub async fn create_key(&self, account: &str, privileges: &[&str]) -> (String, String) {
        let form = KeyForm {
            name: format!("Key {}", self.next_number()),
            privileges: privileges.iter().map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        let created = self.console.app.keyhatch.keys().create(&Actor::Operator, account, &form).await.expect("a key");
        (created.key.id.clone(), created.secret.expose_secret().to_owned())
    }

    /// Creates those whose sessions [`Self::start_sessions`] starts: hashing their passwords takes longer than anything
    /// else here.
    pub async fn create_members(&self) -> Vec<Member> {
        let mut members = Vec::new();
        for (account, role, opens) in [
            (&self.account, Role::Viewer, false),
            (&self.account, Role::Admin, false),
            (&self.account, Role::Owner, false),
            (&self.parent, Role::Owner, true),
            (&self.parent, Role::Admin, true),
            (&self.parent, Role::Viewer, true),
            (&self.parent, Role::Owner, false),
            (&self.child, Role::Owner, false),
            (&self.unrelated, Role::Owner, false),
        ] {
            let email = format!("client{}@example.com", self.next_number());
            self.console.create_member(account, &email, role).await;
            members.push(Member { email, role, opens });
        }
        members
    }

    /// New sessions, as cookies in the order of [`MEMBERS`](super::tables::MEMBERS).
    pub async fn start_sessions(&self, members: &[Member]) -> Vec<String> {
        let mut cookies = vec![UNKNOWN_SESSION.to_owned()];
        for Member { email, role, opens } in members {
            let cookie = self.console.start_session(email).await;
            if *opens {
                let form = format!("do=open&id={}", self.account);
                let response = self.console.post_form("/settings/sub-accounts", &cookie, &form).await;
                let expected = if *role == Role::Viewer { 404 } else { 303 };
                assert_eq!(response.status, expected, "{role:?} opens");
            }
            cookies.push(cookie);
        }
        cookies
    }

    /// The credentials of [`CREDENTIALS`](super::tables::CREDENTIALS), in their order.
    pub async fn create_credentials(&self) -> Vec<String> {
        let tokens = self.console.app.keyhatch.operator_tokens();
        let token = tokens.create(&Actor::Operator, "Good").await.expect("a token");
        let deleted = tokens.create(&Actor::Operator, "Deleted").await.expect("a token");
        tokens.delete(&Actor::Operator, &deleted.id).await.expect("a deleted token");
        let (read, write) = ("sub-accounts:read", "sub-accounts:write");
        let mut credentials = vec![String::new()];
        credentials.extend([&token, &deleted].map(|token| token.value.expose_secret().to_owned()));
        for (account, privileges) in [
            (&self.account, &[read, write][..]),
            (&self.parent, &[read, write]),
            (&self.parent, &[read]),
            (&self.parent, &[write]),
            (&self.parent, &["contacts:read"]),
            (&self.child, &[read, write]),
            (&self.unrelated, &[read, write]),
        ] {
            credentials.push(self.create_key(account, privileges).await.1);
        }
        credentials
    }
}

/// A member whose session sends requests.
pub struct Member {
    email: String,
    role: Role,
    /// Opens the account after signing in, where the role allows it.
    opens: bool,
}

/// What requests of one row name: created when a request needs it, and kept until a request has succeeded, since a
/// refused one changes nothing.
pub struct Targets<'a> {
    tree: &'a AccountTree,
    key: Option<String>,
    member: Option<String>,
    invitation: Option<String>,
    sub_account: Option<String>,
}

impl<'a> Targets<'a> {
    pub fn new(tree: &'a AccountTree) -> Self {
        Self { tree, key: None, member: None, invitation: None, sub_account: None }
    }

    /// The next request gets new ones, unless this status refuses the last one.
    pub fn renew_after(&mut self, status: u16) {
        if status < 400 {
            *self = Self::new(self.tree);
        }
    }

    /// The id of a key of the account without privileges.
    pub async fn key(&mut self) -> String {
        if self.key.is_none() {
            self.key = Some(self.tree.create_key(&self.tree.account, &[]).await.0);
        }
        self.key.clone().expect("a key")
    }

    /// The id of a viewer of the account.
    pub async fn member(&mut self) -> String {
        if self.member.is_none() {
            let email = format!("member{}@example.com", self.tree.next_number());
            self.tree.console.create_member(&self.tree.account, &email, Role::Viewer).await;
            self.member = Some(self.tree.console.member_id(&email).await);
        }
        self.member.clone().expect("a member")
    }

    /// The id of an invitation to the account.
    pub async fn invitation(&mut self) -> String {
        if self.invitation.is_none() {
            let email = format!("guest{}@example.com", self.tree.next_number());
            let form = InviteForm { email, role: "viewer".to_owned() };
            let members = self.tree.console.app.keyhatch.members();
            let invited = members.create_invitation(&Actor::Operator, &self.tree.account, &form).await;
            self.invitation = Some(invited.expect("an invitation").invitation.id);
        }
        self.invitation.clone().expect("an invitation")
    }

    /// The id of a new child of the account.
    pub async fn sub_account(&mut self) -> String {
        if self.sub_account.is_none() {
            let name = format!("Sub {}", self.tree.next_number());
            self.sub_account = Some(self.tree.console.create_account(&name, Some(&self.tree.account)).await);
        }
        self.sub_account.clone().expect("an account")
    }
}

//! Members of a test's accounts: of each role, signed in, with two-factor codes.

use crate::app::{MINUTE, TestApp};
use domain::form::SignInForm;
use domain::member::Role;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret, SecretString};
use std::net::IpAddr;

/// Every member's password.
pub const PASSWORD: &str = "correct horse battery staple";
/// From the most to the least permissions.
pub const ROLES: [Role; 3] = [Role::Owner, Role::Admin, Role::Viewer];

/// A signed-in member who has enabled two-factor codes.
pub struct TwoFactorMember {
    /// The session that enabled it.
    pub viewer: Viewer,
    /// What the authenticator app keeps.
    pub app_secret: String,
    /// Each works once.
    pub recovery_codes: Vec<SecretString>,
}

impl TestApp {
    /// Creates a member `<role>@<account>.example.com` of the account and signs in.
    pub async fn member(&self, role: Role) -> Actor {
        self.member_of(&self.account, role).await
    }

    /// The same in another account.
    pub async fn member_of(&self, account: &str, role: Role) -> Actor {
        let email = self.create_member(account, role).await;
        let token = self.sign_in(&email, PASSWORD).await.unwrap();
        Actor::Member(self.viewer(&token).await.unwrap())
    }

    /// Creates a member with [`PASSWORD`] and returns the address to sign in with.
    pub async fn create_member(&self, account: &str, role: Role) -> String {
        let email = format!("{}@{account}.example.com", role.as_str());
        let password = SecretString::from(PASSWORD);
        self.keyhatch.members().create(&Actor::Operator, account, &email, role, &password).await.unwrap();
        email
    }

    /// Signs in from [`client_address`] and returns the session's token.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SecretString, service::Error> {
        let form = sign_in_form(email, password);
        Ok(self.keyhatch.sessions().sign_in(&form, Some(client_address()), None).await?.token)
    }

    /// Whom a session's token belongs to.
    pub async fn viewer(&self, token: &SecretString) -> Result<Viewer, service::Error> {
        self.keyhatch.identity().viewer(token, Some(client_address())).await
    }

    /// Creates a member who has enabled two-factor codes.
    pub async fn member_with_two_factor(&self, role: Role) -> TwoFactorMember {
        let Actor::Member(viewer) = self.member(role).await else { unreachable!("a member") };
        let (app_secret, recovery_codes) = self.enable_two_factor(&viewer).await;
        TwoFactorMember { viewer, app_secret, recovery_codes }
    }

    /// Enables two-factor codes; returns the authenticator app's secret and the recovery codes. A code works once, so
    /// the clock moves on to the next one.
    pub async fn enable_two_factor(&self, viewer: &Viewer) -> (String, Vec<SecretString>) {
        let security = self.keyhatch.security();
        security.begin_two_factor(viewer, &SecretString::from(PASSWORD)).await.unwrap();
        let set_up = security.find_two_factor_set_up(viewer).await.unwrap().unwrap();
        let app_secret = set_up.secret.expose_secret().to_owned();
        let codes = security.enable_two_factor(viewer, &self.two_factor_code(&app_secret)).await.unwrap();
        self.clock.advance(MINUTE);
        (app_secret, codes)
    }

    /// The code that the authenticator app shows now.
    pub fn two_factor_code(&self, app_secret: &str) -> SecretString {
        SecretString::from(service::code_at(app_secret, self.keyhatch.now()).unwrap())
    }
}

/// A filled-in sign-in form.
#[must_use]
pub fn sign_in_form(email: &str, password: &str) -> SignInForm {
    SignInForm { email: email.to_owned(), password: password.to_owned() }
}

/// The address that members sign in from: 198.51.100.7.
#[must_use]
pub fn client_address() -> IpAddr {
    IpAddr::from([198, 51, 100, 7])
}

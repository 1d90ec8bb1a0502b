//! The route table: which page component serves which path. Access control happened before rendering, in the console
//! crate's session layer.

use crate::pages::{
    AcceptInvitationPage, ActivityPage, ForgotPasswordPage, KeyDetailsPage, KeyListPage, MembersPage, NotFoundPage,
    ResetPasswordPage, SecurityPage, SetUpPage, SignInPage, SubAccountsPage,
};
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The router with all pages. `SsrMode::Async`: a page is sent whole, because none has slow parts worth streaming.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/setup") view=SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/forgot-password") view=ForgotPasswordPage ssr=SsrMode::Async />
                <Route path=path!("/reset-password") view=ResetPasswordPage ssr=SsrMode::Async />
                <Route path=path!("/invite") view=AcceptInvitationPage ssr=SsrMode::Async />
                <Route path=path!("/settings/activity") view=ActivityPage ssr=SsrMode::Async />
                <Route path=path!("/settings/api-keys") view=KeyListPage ssr=SsrMode::Async />
                <Route path=path!("/settings/api-keys/:id") view=KeyDetailsPage ssr=SsrMode::Async />
                <Route path=path!("/settings/members") view=MembersPage ssr=SsrMode::Async />
                <Route path=path!("/settings/sub-accounts") view=SubAccountsPage ssr=SsrMode::Async />
                <Route path=path!("/settings/security") view=SecurityPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

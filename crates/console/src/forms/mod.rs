//! Pages whose forms post to the page's own address and need no wasm. One file a page: it says which forms there are,
//! which fields each has, and which use case it calls. What came of it is a redirect to the page (so that a reload sends
//! nothing again), or the same page at once with what was wrong and what was typed.

mod fields;
mod invite;
mod members;
mod reply;
mod security;
mod sign_in;
mod sub_accounts;

use std::sync::Arc;

use app::context::{AppState, Visitor};
use app::forms::FormProblem;
use app::shell;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{MethodRouter, post};
use http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use service::actor::{Actor, Viewer};

use super::own_origin::OwnOrigin;
use fields::{Fields, Form};
use mail::Mailer;
use problem::Problem;
use problem::body;
use reply::Reply;

/// What every form works with.
#[derive(Clone)]
pub(super) struct Forms {
    pub console: AppState,
    pub own: Arc<OwnOrigin>,
    pub options: LeptosOptions,
    pub mailer: Option<Mailer>,
}

/// A form that was sent, by whom and from where.
pub(super) struct Sent {
    pub forms: Forms,
    pub visitor: Visitor,
    pub fields: Fields,
    pub parts: Parts,
}

impl Sent {
    fn viewer(&self) -> Result<&Viewer, service::Error> {
        self.visitor.viewer.as_ref().map_err(Clone::clone)
    }

    /// The signed-in member as one who acts, and the account that the form's page showed, which must still be open.
    fn actor(&self) -> Result<(Actor, String), service::Error> {
        let viewer = self.viewer()?.clone();
        let account = viewer.shown_account().to_owned();
        if self.fields.get("account") != account {
            return Err(service::Error::OtherAccount);
        }
        Ok((Actor::Member(viewer), account))
    }
}

/// The routes that take the forms. The pages themselves are among those of `app`.
pub(super) fn routes(forms: &Forms) -> Router<LeptosOptions> {
    Router::new()
        .route(members::PATH, page(forms, members::FORMS, members::act))
        .route(sub_accounts::PATH, page(forms, sub_accounts::FORMS, sub_accounts::act))
        .route(security::PATH, page(forms, security::FORMS, security::act))
        .route(invite::PATH, page(forms, invite::FORMS, invite::act))
        .route(sign_in::PATH, page(forms, sign_in::FORMS, sign_in::act))
}

/// The page and the name of every form, for tests that must not forget one.
pub fn names() -> Vec<(&'static str, &'static str)> {
    let tables = [
        (members::PATH, members::FORMS),
        (sub_accounts::PATH, sub_accounts::FORMS),
        (security::PATH, security::FORMS),
        (invite::PATH, invite::FORMS),
        (sign_in::PATH, sign_in::FORMS),
    ];
    tables.into_iter().flat_map(|(path, table)| table.iter().map(move |form| (path, form.name))).collect()
}

/// Takes the forms of one page.
fn page<F, O>(forms: &Forms, table: &'static [Form], act: F) -> MethodRouter<LeptosOptions>
where
    F: Fn(Sent) -> O + Copy + Send + Sync + 'static,
    O: Future<Output = Result<Reply, service::Error>> + Send + 'static,
{
    let forms = forms.clone();
    post(move |request: Request| {
        let forms = forms.clone();
        async move { answer(forms, table, act, request).await }
    })
}

async fn answer<F, O>(forms: Forms, table: &'static [Form], act: F, request: Request) -> Response
where
    F: Fn(Sent) -> O + Send,
    O: Future<Output = Result<Reply, service::Error>> + Send,
{
    let (parts, body) = request.into_parts();
    let fields = match Fields::read(&parts.headers, body, table).await {
        Ok(fields) => fields,
        Err(problem) => return problem.into_response(),
    };
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return Problem::internal().into_response();
    };
    let sent = Sent { forms: forms.clone(), visitor, fields: fields.clone(), parts: parts.clone() };
    match act(sent).await {
        Ok(Reply::Gone(gone)) => gone.into_response(forms.console.is_https),
        Ok(Reply::Shown(once)) => render(&forms, parts, fields.outcome(None, Some(once)), 200, None).await,
        // The session ended while the form was on its way.
        Err(service::Error::Unauthenticated) => Redirect::to("/sign-in?problem=signed-out").into_response(),
        Err(error) => {
            let problem = FormProblem::from(error);
            let (status, retry_after) = (problem.status, problem.retry_after);
            render(&forms, parts, fields.outcome(Some(problem), None), status, retry_after).await
        }
    }
}

/// The page that the form is on, with what came of it.
async fn render(
    forms: &Forms,
    parts: Parts,
    outcome: app::forms::FormOutcome,
    status: u16,
    retry_after: Option<u64>,
) -> Response {
    let (console, options) = (forms.console.clone(), forms.options.clone());
    let context = move || {
        provide_context(console.clone());
        provide_context(outcome.clone());
    };
    let page = leptos_axum::render_app_async_with_context(context, move || shell(options.clone()));
    let mut response = page(Request::from_parts(parts, Body::empty())).await;
    reply::mark(&mut response, status, retry_after);
    response
}

/// The content type of every form.
const FORM: &str = "application/x-www-form-urlencoded";
/// A form of a few short fields.
const BODY_MAX: usize = 16 * 1024;

async fn read_body(headers: &http::HeaderMap, body: Body) -> Result<bytes::Bytes, Problem> {
    if !body::is_of_type(headers, &[FORM]) {
        let title = "The body must be a form";
        return Err(Problem::new(http::StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
    }
    body::read(body, BODY_MAX, body::TIME).await.map_err(body::BodyError::problem)
}

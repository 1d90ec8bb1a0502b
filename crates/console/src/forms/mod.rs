//! Plain forms that post to their own page and need no wasm. One file for each page declares its forms, their fields and the
//! use case they call. The response is a redirect to the page (so that a reload does not submit again), or the page with
//! the errors and the submitted values. A form whose session has ended is answered with the sign-in page: `kept`.

mod fields;
mod forgot_password;
mod invite;
mod kept;
mod keys;
mod language;
mod members;
mod outcome;
mod reset_password;
mod security;
mod set_up;
mod sign_in;
mod sign_out;
mod sub_accounts;

use std::sync::Arc;

use app::AppError;
use app::context::{AppState, Visitor};
use app::forms::{FormOutcome, FormProblem, KeptForm};
use app::shell;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, post};
use http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use service::actor::{Actor, Viewer};
use service::secrets::{ExposeSecret as _, SecretString};

use super::background_mail::BackgroundMail;
use super::origin::OwnOrigin;
use fields::{FormSpec, SubmittedFields};
use kept::Continued;
use mail::Mailer;
use outcome::{FormResponse, PageContent};
use problem::Problem;
use problem::body;

/// State shared by all forms.
#[derive(Clone)]
pub(super) struct Forms {
    pub console: AppState,
    pub own: Arc<OwnOrigin>,
    pub options: LeptosOptions,
    pub mailer: Option<Mailer>,
    pub background_mail: BackgroundMail,
}

/// A submitted form with its visitor and request.
pub(super) struct Submission {
    pub forms: Forms,
    pub visitor: Visitor,
    pub fields: SubmittedFields,
    pub parts: Parts,
}

impl Submission {
    fn viewer(&self) -> Result<&Viewer, service::Error> {
        self.visitor.viewer.as_ref().map_err(Clone::clone)
    }

    /// A link to a page of the console with a one-time token.
    fn link(&self, path: &str, token: &SecretString) -> Result<SecretString, service::Error> {
        let origin = self.forms.own.for_request(&self.parts.headers).ok_or(service::Error::Internal)?;
        Ok(SecretString::from(format!("{origin}{path}?token={}", token.expose_secret())))
    }

    /// The signed-in member as actor, and the account of the form's page, which must still be the open one.
    fn actor(&self) -> Result<(Actor, String), service::Error> {
        let viewer = self.viewer()?.clone();
        let account = viewer.shown_account().to_owned();
        if self.fields.get("account") != account {
            return Err(service::Error::OtherAccount);
        }
        Ok((Actor::Member(viewer), account))
    }
}

/// The routes that accept the forms. The pages themselves are routes of `app`.
pub(super) fn routes(forms: &Forms) -> Router<LeptosOptions> {
    Router::new()
        .route(keys::PATH, form_route(forms, keys::FORMS, keys::submit))
        .route(language::PATH, form_route(forms, language::FORMS, language::submit))
        .route(members::PATH, form_route(forms, members::FORMS, members::submit))
        .route(sub_accounts::PATH, form_route(forms, sub_accounts::FORMS, sub_accounts::submit))
        .route(security::PATH, form_route(forms, security::FORMS, security::submit))
        .route(invite::PATH, form_route(forms, invite::FORMS, invite::submit))
        .route(forgot_password::PATH, form_route(forms, forgot_password::FORMS, forgot_password::submit))
        .route(reset_password::PATH, form_route(forms, reset_password::FORMS, reset_password::submit))
        .route(sign_in::PATH, form_route(forms, sign_in::FORMS, sign_in::submit))
        .route(sign_out::PATH, form_route(forms, sign_out::FORMS, sign_out::submit))
        .route(set_up::PATH, form_route(forms, set_up::FORMS, set_up::submit))
}

/// The page and the name of every form, so that tests can check each.
pub fn form_names() -> Vec<(&'static str, &'static str)> {
    let tables = [
        (keys::PATH, keys::FORMS),
        (language::PATH, language::FORMS),
        (members::PATH, members::FORMS),
        (sub_accounts::PATH, sub_accounts::FORMS),
        (security::PATH, security::FORMS),
        (invite::PATH, invite::FORMS),
        (forgot_password::PATH, forgot_password::FORMS),
        (reset_password::PATH, reset_password::FORMS),
        (sign_in::PATH, sign_in::FORMS),
        (sign_out::PATH, sign_out::FORMS),
        (set_up::PATH, set_up::FORMS),
    ];
    tables.into_iter().flat_map(|(path, table)| table.iter().map(move |form| (path, form.name))).collect()
}

/// The route for the forms of one page.
fn form_route<F, O, E>(forms: &Forms, table: &'static [FormSpec], submit: F) -> MethodRouter<LeptosOptions>
where
    F: Fn(Submission) -> O + Copy + Send + Sync + 'static,
    E: Into<AppError>,
    O: Future<Output = Result<FormResponse, E>> + Send + 'static,
{
    let forms = forms.clone();
    post(move |request: Request| {
        let forms = forms.clone();
        async move { handle_submission(forms, table, submit, request).await }
    })
}

async fn handle_submission<F, O, E>(forms: Forms, table: &'static [FormSpec], submit: F, request: Request) -> Response
where
    F: Fn(Submission) -> O + Send,
    E: Into<AppError>,
    O: Future<Output = Result<FormResponse, E>> + Send,
{
    let (parts, body) = request.into_parts();
    let values = match read_form_body(&parts.headers, body).await.and_then(|body| fields::parse_fields(&body)) {
        Ok(values) => values,
        Err(problem) => return problem.into_response(),
    };
    let Some(visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return Problem::internal().into_response();
    };
    if let Some(continued) = Continued::from_values(parts.uri.path(), &values) {
        return kept::continue_sign_in(&forms, table, parts, visitor, continued).await;
    }
    let fields = match SubmittedFields::select(values, table) {
        Ok(fields) => fields,
        Err(problem) => return problem.into_response(),
    };
    let submission = Submission { forms: forms.clone(), visitor, fields: fields.clone(), parts: parts.clone() };
    match submit(submission).await.map_err(Into::into) {
        Ok(FormResponse::Redirect(redirect)) => redirect.into_response(forms.console.is_https),
        Ok(FormResponse::Page(mut page)) => {
            let cookie = page.cookie.take();
            let mut response = render_page(&forms, parts, fields.into_outcome(None, page), 200, None).await;
            if let Some(cookie) = cookie {
                response.headers_mut().append(http::header::SET_COOKIE, cookie);
            }
            response
        }
        // The session ended before the form was submitted.
        Err(AppError::SignedOut) => kept::ask_to_sign_in(&forms, parts, &fields).await,
        Err(error) => {
            let problem = FormProblem::from(error);
            let (status, retry_after) = (problem.status, problem.retry_after);
            let outcome = fields.into_outcome(Some(problem), PageContent::default());
            render_page(&forms, parts, outcome, status, retry_after).await
        }
    }
}

/// Renders the form's page with the outcome.
async fn render_page(
    forms: &Forms,
    parts: Parts,
    form_outcome: FormOutcome,
    status: u16,
    retry_after: Option<u64>,
) -> Response {
    let mut response = render_with(forms, parts, form_outcome, None).await;
    outcome::set_status(&mut response, status, retry_after);
    response
}

/// Renders the page of the request's URL.
async fn render_with(forms: &Forms, parts: Parts, form_outcome: FormOutcome, kept: Option<KeptForm>) -> Response {
    let (console, options) = (forms.console.clone(), forms.options.clone());
    let context = move || {
        provide_context(console.clone());
        provide_context(form_outcome.clone());
        if let Some(kept) = kept.clone() {
            provide_context(kept);
        }
    };
    let page = leptos_axum::render_app_async_with_context(context, move || shell(options.clone()));
    page(Request::from_parts(parts, Body::empty())).await
}

/// The bytes of the values of a sign-in form, if it is one.
pub(super) fn parse_sign_in(body: &[u8]) -> Option<usize> {
    let fields = SubmittedFields::select(fields::parse_fields(body).ok()?, sign_in::FORMS).ok()?;
    Some(
        sign_in::FORMS.iter().flat_map(|form| form.fields).map(|name| fields.get(name).len()).max().unwrap_or_default(),
    )
}

/// The content type of every form.
const FORM_TYPE: &str = "application/x-www-form-urlencoded";
/// Largest form, bytes: the limit of every request, because a form that is carried through sign-in has more fields.
const BODY_MAX: usize = 64 * 1024;

async fn read_form_body(headers: &http::HeaderMap, body: Body) -> Result<bytes::Bytes, Problem> {
    if !body::has_content_type(headers, &[FORM_TYPE]) {
        let title = "The body must be a form";
        return Err(Problem::new(http::StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
    }
    body::read_body(body, BODY_MAX, body::BODY_TIMEOUT).await.map_err(body::BodyError::into_problem)
}

//! A form whose session ended before it was posted. The answer is the sign-in page, which carries the form's values
//! without secrets; after signing in, the form's page is rendered with them, and the person submits it again.

use std::net::IpAddr;

use app::context::{Visitor, open_account, session_cookie};
use app::forms::{FormOutcome, FormProblem, KEPT_PREFIX, KeptForm};
use app::text::access as text;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::SET_COOKIE;
use http::request::Parts;
use http::{StatusCode, Uri};
use service::Error;
use service::secrets::{ExposeSecret as _, SecretString};

use super::fields::{FieldValues, FormSpec, SubmittedFields};
use super::{Forms, Submission, outcome, render_page, sign_in};
use crate::session::{SECURITY, address_of, find_visitor, sign_in_path};
use problem::Problem;

/// Largest form that is carried, bytes of its encoded body: with the fields of sign-in it must fit the limit of a request.
const KEPT_MAX: usize = 60 * 1024;

/// The values of a posted form, divided into the step of signing in and the form that it carries.
pub(super) struct Continued {
    step: FieldValues,
    kept: FieldValues,
}

impl Continued {
    /// `None` for a form that carries no other, and for a page that needs no session.
    pub fn from_values(path: &str, values: &FieldValues) -> Option<Self> {
        if !path.starts_with("/settings/") {
            return None;
        }
        let kept: FieldValues = values
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(KEPT_PREFIX)?.to_owned(), value.clone())))
            .collect();
        let step = values.iter().filter(|(name, _)| !name.starts_with(KEPT_PREFIX));
        let step = step.map(|(name, value)| (name.clone(), value.clone())).collect();
        (!kept.is_empty()).then_some(Self { step, kept })
    }
}

/// Answers a form without a session: asks to sign in.
pub(super) async fn ask_to_sign_in(forms: &Forms, parts: Parts, fields: &SubmittedFields) -> Response {
    let address = address_of(&parts.uri).to_owned();
    let kept = KeptForm { address, values: fields.without_secrets() };
    if encoded_length(&kept.values) > KEPT_MAX {
        return Redirect::to(&sign_in_path(&kept.address)).into_response();
    }
    let outcome = refused_first_step(text::session_ended());
    render_sign_in(forms, parts, kept, outcome, 401, None).await
}

/// Runs a step of signing in that carries a form of `table`.
pub(super) async fn continue_sign_in(
    forms: &Forms,
    table: &'static [FormSpec],
    parts: Parts,
    visitor: Visitor,
    continued: Continued,
) -> Response {
    let (step, kept) = match select(table, continued) {
        Ok(selected) => selected,
        Err(problem) => return problem.into_response(),
    };
    let address = visitor.address;
    let submission = Submission { forms: forms.clone(), visitor, fields: step.clone(), parts: parts.clone() };
    let page = KeptForm { address: address_of(&parts.uri).to_owned(), values: kept.without_secrets() };
    match sign_in::submit_step(&submission).await {
        Ok(signed_in) if signed_in.needs_code => {
            let parts = with_visitor(forms, parts, &signed_in.token, address).await;
            let response = render_sign_in(forms, parts, page, FormOutcome::default(), 200, None).await;
            with_session(response, forms, &signed_in.token)
        }
        Ok(signed_in) => {
            let response = restore(forms, parts, kept, &signed_in.token, address).await;
            with_session(response, forms, &signed_in.token)
        }
        // The code came too late, or too many were wrong.
        Err(Error::Unauthenticated) => {
            render_sign_in(forms, parts, page, refused_first_step(text::start_again()), 401, None).await
        }
        Err(error) => {
            let problem = FormProblem::from(error);
            let (status, retry_after) = (problem.status, problem.retry_after);
            let outcome = step.into_outcome(Some(problem), super::outcome::PageContent::default());
            render_sign_in(forms, parts, page, outcome, status, retry_after).await
        }
    }
}

fn select(
    table: &'static [FormSpec],
    Continued { step, kept }: Continued,
) -> Result<(SubmittedFields, SubmittedFields), Problem> {
    Ok((SubmittedFields::select(step, sign_in::FORMS)?, SubmittedFields::select(kept, table)?))
}

/// Renders the form's page with its values, for the member who has just signed in.
async fn restore(
    forms: &Forms,
    parts: Parts,
    kept: SubmittedFields,
    token: &SecretString,
    address: Option<IpAddr>,
) -> Response {
    let is_same_account = open_account(&forms.console.keyhatch, token, address, kept.account()).await;
    let page = address_of(&parts.uri).to_owned();
    let parts = with_visitor(forms, parts, token, address).await;
    match parts.extensions.get::<Visitor>().map(|visitor| &visitor.viewer) {
        Some(Ok(_)) if is_same_account => render_page(forms, parts, kept.into_restored(), 200, None).await,
        Some(Err(Error::TwoFactorRequired)) => Redirect::to(SECURITY).into_response(),
        // Another person signed in: what was typed is not theirs.
        _ => Redirect::to(app::safe_redirect_path(Some(&page))).into_response(),
    }
}

/// The request as if it had come with this token.
async fn with_visitor(forms: &Forms, mut parts: Parts, token: &SecretString, address: Option<IpAddr>) -> Parts {
    let visitor = find_visitor(&forms.console.keyhatch, Some(token.clone()), address, parts.uri.path()).await;
    parts.extensions.insert(visitor);
    parts
}

/// Renders the sign-in page at the form's URL.
async fn render_sign_in(
    forms: &Forms,
    mut parts: Parts,
    kept: KeptForm,
    outcome: FormOutcome,
    status: u16,
    retry_after: Option<u64>,
) -> Response {
    parts.uri = Uri::from_static(sign_in::PATH);
    let mut response = super::render_with(forms, parts, outcome, Some(kept)).await;
    outcome::set_status(&mut response, status, retry_after);
    response
}

fn with_session(mut response: Response, forms: &Forms, token: &SecretString) -> Response {
    match session_cookie(forms.console.is_https, Some(token.expose_secret())) {
        Some(cookie) => {
            response.headers_mut().append(SET_COOKIE, cookie);
            response
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The outcome of the first step that says why it is shown.
fn refused_first_step(message: &str) -> FormOutcome {
    let form = sign_in::FORMS.first().map(|form| form.name.to_owned()).unwrap_or_default();
    FormOutcome { form, problem: Some(message.to_owned()), ..FormOutcome::default() }
}

fn encoded_length(values: &[(String, String)]) -> usize {
    let mut encoded = form_urlencoded::Serializer::new(String::new());
    for (name, value) in values {
        encoded.append_pair(&format!("{KEPT_PREFIX}{name}"), value);
    }
    encoded.finish().len()
}

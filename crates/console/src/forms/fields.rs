//! What a plain form sends: which of the page's forms it is, and its fields. A field that the form does not have is
//! refused, and so is one that stands there twice: what a request means must not depend on who reads it.

use std::collections::BTreeMap;

use app::forms::{FormOutcome, FormProblem, OneTimeSecret};
use axum::body::Body;
use http::{HeaderMap, StatusCode};
use service::secrets::SecretString;

use problem::Problem;

/// A form of a page.
pub(crate) struct Form {
    /// The value of its field `do`.
    pub name: &'static str,
    /// Its other fields.
    pub fields: &'static [&'static str],
}

/// The account that the form's page showed: a field of every form.
const ACCOUNT: &str = "account";

/// Fields that are never shown again, whatever form they are in.
const SECRET: [&str; 3] = ["password", "current", "code"];

/// A form that was read.
#[derive(Clone)]
pub(crate) struct Fields {
    form: &'static str,
    values: BTreeMap<String, String>,
}

impl Fields {
    pub(super) async fn read(headers: &HeaderMap, body: Body, table: &'static [Form]) -> Result<Self, Problem> {
        Self::parse(&super::read_body(headers, body).await?, table)
    }

    fn parse(encoded: &[u8], table: &'static [Form]) -> Result<Self, Problem> {
        let mut values = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(encoded) {
            if values.insert(name.into_owned(), value.into_owned()).is_some() {
                return Err(refused("doubled_parameter", "A parameter stands there twice"));
            }
        }
        let name = values.remove("do").unwrap_or_default();
        let form = table.iter().find(|form| form.name == name);
        let form = form.ok_or_else(|| refused("unknown_form", "This page has no such form"))?;
        if values.keys().any(|name| name != ACCOUNT && !form.fields.contains(&name.as_str())) {
            return Err(refused("unknown_field", "This form has no such field"));
        }
        Ok(Self { form: form.name, values })
    }

    /// Which of the page's forms it is.
    pub fn form(&self) -> &'static str {
        self.form
    }

    /// What was typed into a field; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The same for what must not show itself.
    pub fn secret(&self, name: &str) -> SecretString {
        SecretString::from(self.get(name))
    }

    /// For the page that is rendered in answer.
    pub(super) fn outcome(self, problem: Option<FormProblem>, one_time_secret: Option<OneTimeSecret>) -> FormOutcome {
        // What was done need not be typed again.
        let typed = if problem.is_some() { self.values } else { BTreeMap::new() };
        let (message, errors) = problem.map(|problem| (problem.message, problem.errors)).unwrap_or_default();
        FormOutcome {
            form: self.form.to_owned(),
            typed: typed.into_iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).collect(),
            errors,
            problem: message,
            one_time_secret,
        }
    }
}

fn refused(code: &'static str, title: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, code, title)
}

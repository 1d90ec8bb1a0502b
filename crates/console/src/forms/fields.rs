//! The fields of a submitted form. Unknown and duplicate fields are refused: programs could disagree on which of them
//! counts.

use std::collections::BTreeMap;

use app::forms::{FormOutcome, FormProblem};
use http::StatusCode;
use service::secrets::SecretString;

use super::outcome::PageContent;
use problem::Problem;

/// A form of a page.
pub(crate) struct FormSpec {
    /// The value of its field `do`, which selects the form.
    pub name: &'static str,
    /// Its other fields. A name that ends with a dot stands for all names that begin with it.
    pub fields: &'static [&'static str],
}

impl FormSpec {
    fn has_field(&self, name: &str) -> bool {
        self.fields.iter().any(|field| *field == name || (field.ends_with('.') && name.starts_with(field)))
    }
}

/// The field of every form with the account that its page showed.
const ACCOUNT: &str = "account";

/// Fields whose values are never rendered again.
const SECRET: [&str; 3] = ["password", "current", "code"];

/// A parsed form.
#[derive(Clone)]
pub(crate) struct SubmittedFields {
    form: &'static str,
    values: FieldValues,
}

/// The names and values of a posted form.
pub(super) type FieldValues = BTreeMap<String, String>;

/// Parses the body of a form.
pub(super) fn parse_fields(encoded: &[u8]) -> Result<FieldValues, Problem> {
    let mut values = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        if values.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(invalid_form("doubled_parameter", "Duplicate parameter"));
        }
    }
    Ok(values)
}

impl SubmittedFields {
    /// The form in `table` that the values name, if it has all these fields.
    pub(super) fn select(mut values: FieldValues, table: &'static [FormSpec]) -> Result<Self, Problem> {
        let mut name = values.remove("do").unwrap_or_default();
        // A button in a list names its item: `disable:<id>`.
        if let Some((form, id)) = name.split_once(':') {
            values.insert("id".to_owned(), id.to_owned());
            name = form.to_owned();
        }
        let form = table.iter().find(|form| form.name == name);
        let form = form.ok_or_else(|| invalid_form("unknown_form", "This page has no such form"))?;
        if values.keys().any(|name| name != ACCOUNT && !form.has_field(name)) {
            return Err(invalid_form("unknown_field", "This form has no such field"));
        }
        Ok(Self { form: form.name, values })
    }

    /// Which of the page's forms it is.
    pub fn form(&self) -> &'static str {
        self.form
    }

    /// The value of a field; empty if it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Every field and the form's name, as the form was sent.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = self.values.clone().into_iter().collect();
        pairs.push(("do".to_owned(), self.form.to_owned()));
        pairs
    }

    /// The value of a secret field.
    pub fn secret(&self, name: &str) -> SecretString {
        SecretString::from(self.get(name))
    }

    /// The account that the form's page showed; empty if it named none.
    pub(super) fn account(&self) -> &str {
        self.get(ACCOUNT)
    }

    /// Name and value of every field, `do` included, without secrets.
    pub(super) fn without_secrets(&self) -> Vec<(String, String)> {
        let form = ("do".to_owned(), self.form.to_owned());
        [form].into_iter().chain(shown_again(&self.values)).collect()
    }

    /// The outcome for the page that is rendered as the response.
    pub(super) fn into_outcome(self, problem: Option<FormProblem>, page: PageContent) -> FormOutcome {
        let keeps_values = problem.is_some() || page.one_time_secret.is_none();
        let typed = if keeps_values { shown_again(&self.values).collect() } else { Vec::new() };
        let problem = problem.unwrap_or_default();
        FormOutcome {
            form: self.form.to_owned(),
            typed,
            errors: problem.errors,
            problem: problem.message,
            is_restored: false,
            conflict: problem.conflict,
            one_time_secret: page.one_time_secret,
            explanation: page.explanation,
        }
    }

    /// The outcome for the page that shows the form again, not yet submitted, after signing in.
    pub(super) fn into_restored(self) -> FormOutcome {
        let (form, typed) = (self.form.to_owned(), shown_again(&self.values).collect());
        FormOutcome { form, typed, is_restored: true, ..FormOutcome::default() }
    }
}

fn shown_again(values: &FieldValues) -> impl Iterator<Item = (String, String)> + '_ {
    let is_shown = |(name, _): &(&String, &String)| !SECRET.contains(&name.as_str());
    values.iter().filter(is_shown).map(|(name, value)| (name.clone(), value.clone()))
}

fn invalid_form(code: &'static str, title: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, code, title)
}

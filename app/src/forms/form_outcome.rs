//! The outcome of a posted form, for the page that is rendered in response.

use domain::form::FieldErrors;
use leptos::prelude::use_context;
use service::Error;
use service::secrets::SecretString;

/// The outcome of the form that was just posted. Without one, a page renders its forms empty.
#[derive(Clone, Default)]
pub struct FormOutcome {
    /// The name of the form: the value of its field `do`.
    pub form: String,
    /// Submitted values by field name, without passwords and codes.
    pub typed: Vec<(String, String)>,
    /// Messages of single fields.
    pub errors: FieldErrors,
    /// Why the form as a whole was refused.
    pub problem: Option<String>,
    /// A secret that only this response shows.
    pub one_time_secret: Option<OneTimeSecret>,
}

/// A secret that a form created. It is shown once and not stored in plain text.
#[derive(Clone)]
pub enum OneTimeSecret {
    /// A new invitation.
    Invitation {
        /// The invited person.
        email: String,
        /// The link to send them.
        link: SecretString,
        /// Whether it was mailed; `None` if no mail server is configured.
        mailed: Option<bool>,
    },
    /// New recovery codes.
    RecoveryCodes(Vec<SecretString>),
}

impl FormOutcome {
    /// The outcome of the form with this name; empty if another one was posted, or none.
    #[must_use]
    pub fn for_form(form: &str) -> Self {
        use_context::<Self>().filter(|outcome| outcome.form == form).unwrap_or_default()
    }

    /// The secret that the posted form created.
    #[must_use]
    pub fn one_time_secret() -> Option<OneTimeSecret> {
        use_context::<Self>().and_then(|outcome| outcome.one_time_secret)
    }

    /// The submitted value of a field; empty if there is none.
    #[must_use]
    pub fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Why a form was refused.
pub struct FormProblem {
    /// The HTTP status of the response.
    pub status: u16,
    /// The message above the form; none if the messages of the fields are enough.
    pub message: Option<String>,
    /// Messages of single fields.
    pub errors: FieldErrors,
    /// Seconds to wait before the next attempt.
    pub retry_after: Option<u64>,
}

impl From<Error> for FormProblem {
    fn from(error: Error) -> Self {
        let (status, message) = match &error {
            Error::Invalid(_) => (422, None),
            Error::Forbidden => (403, Some("Your role does not allow this. Ask an owner of the account.".to_owned())),
            Error::NotFound => {
                (404, Some("This no longer exists. It may have been deleted; reload the page.".to_owned()))
            }
            Error::LastOwner => {
                (409, Some("An account needs at least one owner. Make another member an owner first.".to_owned()))
            }
            Error::InvitationClosed(why) => (403, Some(why.to_string())),
            other => {
                let problem = crate::AppError::from(other.clone());
                (problem.status(), Some(problem.message()))
            }
        };
        let retry_after = match &error {
            Error::Limited { retry_after_seconds } => Some(*retry_after_seconds),
            _ => None,
        };
        let errors = if let Error::Invalid(errors) = error { errors } else { FieldErrors::default() };
        Self { status, message, errors, retry_after }
    }
}

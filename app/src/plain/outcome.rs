//! What came of a form, for the page that is rendered in answer to it.

use domain::form::FieldErrors;
use leptos::prelude::use_context;
use service::Error;
use service::secrets::SecretString;

/// What came of the form that was just posted. Without one a page shows its forms empty.
#[derive(Clone, Default)]
pub struct FormOutcome {
    /// Which of the page's forms it was: the value of its field `do`.
    pub form: String,
    /// What was typed, by field; never a password or a code.
    pub typed: Vec<(String, String)>,
    /// Messages for fields.
    pub errors: FieldErrors,
    /// Why it was refused as a whole.
    pub problem: Option<String>,
    /// What nobody can see a second time.
    pub once: Option<Once>,
}

/// What a form made and only its answer shows.
#[derive(Clone)]
pub enum Once {
    /// A new invitation.
    Invitation {
        /// Who is invited.
        email: String,
        /// The link to give to them.
        link: SecretString,
        /// Whether it was mailed: `None` where no mail server is configured.
        mailed: Option<bool>,
    },
    /// New recovery codes.
    RecoveryCodes(Vec<SecretString>),
}

impl FormOutcome {
    /// What came of this form of the page; nothing if it was another one.
    #[must_use]
    pub fn of(form: &str) -> Self {
        use_context::<Self>().filter(|outcome| outcome.form == form).unwrap_or_default()
    }

    /// What nobody can see a second time, if a form of the page has just made it.
    #[must_use]
    pub fn once() -> Option<Once> {
        use_context::<Self>().and_then(|outcome| outcome.once)
    }

    /// What was typed into a field; empty if nothing was.
    #[must_use]
    pub fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Why a form was refused, for its page.
pub struct FormProblem {
    /// The status of the answer.
    pub status: u16,
    /// What a person reads above the form; none where the messages beside the fields say it all.
    pub message: Option<String>,
    /// Messages for fields.
    pub errors: FieldErrors,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
}

impl From<Error> for FormProblem {
    fn from(error: Error) -> Self {
        let (status, message) = match &error {
            Error::Invalid(_) => (422, None),
            Error::Forbidden => (403, Some("Your role does not allow this. Ask an owner of the account.".to_owned())),
            Error::NotFound => {
                (404, Some("This is not there any more. Somebody may have removed it; reload the page.".to_owned()))
            }
            Error::LastOwner => (
                409,
                Some("An account needs an owner, and this is its last. Make another member an owner first.".to_owned()),
            ),
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

//! The outcome of a posted form, for the page that is rendered in response.

use crate::AppError;
use crate::keys::server::{EditConflict, KeyWithSecret};
use crate::text::access::form_restored;
use crate::text::forms as text;
use domain::explain::Explanation;
use domain::form::FieldErrors;
use leptos::prelude::use_context;
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
    /// The newer version of a key that the form would have overwritten.
    pub conflict: Option<EditConflict>,
    /// Whether it was filled in before its session ended: nothing was submitted yet.
    pub is_restored: bool,
    /// A secret that only this response shows.
    pub one_time_secret: Option<OneTimeSecret>,
    /// How the gate would answer the call that the form describes.
    pub explanation: Option<Explanation>,
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
    /// A new link with which a member chooses a new password.
    PasswordReset {
        /// The member.
        email: String,
        /// The link to give them.
        link: SecretString,
    },
    /// New recovery codes.
    RecoveryCodes(Vec<SecretString>),
    /// A key with a new secret.
    Key(Box<KeyWithSecret>),
}

impl FormOutcome {
    /// The outcome of the form with this name; empty if another one was posted, or none.
    #[must_use]
    pub fn for_form(form: &str) -> Self {
        use_context::<Self>().filter(|outcome| outcome.form == form).unwrap_or_default()
    }

    /// Whether the form with this name was posted and refused.
    #[must_use]
    pub fn was_refused(form: &str) -> bool {
        let outcome = Self::for_form(form);
        outcome.problem.is_some() || !outcome.errors.is_empty()
    }

    /// The secret that the posted form created.
    #[must_use]
    pub fn one_time_secret() -> Option<OneTimeSecret> {
        use_context::<Self>().and_then(|outcome| outcome.one_time_secret)
    }

    /// The message about the form as a whole: why it was refused, or that it was carried through sign-in.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.problem.clone().or_else(|| self.is_restored.then(|| form_restored().to_owned()))
    }

    /// The submitted value of a field; empty if there is none.
    #[must_use]
    pub fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Why a form was refused.
#[derive(Default)]
pub struct FormProblem {
    /// The HTTP status of the response.
    pub status: u16,
    /// The message above the form; none if the messages of the fields are enough.
    pub message: Option<String>,
    /// Messages of single fields.
    pub errors: FieldErrors,
    /// The newer version of a key that the form would have overwritten.
    pub conflict: Option<EditConflict>,
    /// Seconds to wait before the next attempt.
    pub retry_after: Option<u64>,
}

impl From<service::Error> for FormProblem {
    fn from(error: service::Error) -> Self {
        Self::from(AppError::from(error))
    }
}

impl From<AppError> for FormProblem {
    fn from(error: AppError) -> Self {
        let message = match &error {
            // An error without a field is about the whole form.
            AppError::Invalid(errors) => errors.get("").map(ToOwned::to_owned),
            AppError::EditConflict(_) => None,
            // The messages of `AppError` are about keys.
            AppError::Forbidden => Some(text::forbidden().to_owned()),
            AppError::NotFound => Some(text::not_found().to_owned()),
            other => Some(other.message()),
        };
        let status = error.status();
        let retry_after = if let AppError::Limited(seconds) = &error { Some(*seconds) } else { None };
        let (mut errors, mut conflict) = (FieldErrors::default(), None);
        match error {
            AppError::Invalid(found) => errors = found,
            AppError::EditConflict(found) => conflict = Some(*found),
            _ => {}
        }
        Self { status, message, errors, conflict, retry_after }
    }
}

//! The state of an enhanced form, which the islands inside it share as context.

use super::FormFields;
use super::server::{EditConflict, KeyWithSecret};
use crate::AppError;
use crate::browser::focus_field_soon;
use domain::explain::Explanation;
use domain::form::FieldErrors;
use leptos::prelude::*;

/// The state of one form.
#[derive(Clone, Copy)]
pub(super) struct FormState {
    /// What is typed, as of the latest event.
    pub(super) fields: RwSignal<FormFields>,
    /// Messages of single fields; none before the form was checked here.
    pub(super) errors: RwSignal<Option<FieldErrors>>,
    /// A message about the form as a whole.
    pub(super) message: RwSignal<Option<String>>,
    /// The newer version of the key that the last attempt to save found.
    pub(super) conflict: RwSignal<Option<EditConflict>>,
    /// Whether the form is being sent.
    pub(super) busy: RwSignal<bool>,
    /// Whether the session has ended, which opens the re-authentication dialog.
    pub(super) signed_out: RwSignal<bool>,
    /// The new secret that the form created.
    pub(super) revealed: RwSignal<Option<KeyWithSecret>>,
    /// How the gate would answer the tested call.
    pub(super) explanation: RwSignal<Option<Explanation>>,
}

impl FormState {
    pub(super) fn new() -> Self {
        Self {
            fields: RwSignal::new(FormFields::default()),
            errors: RwSignal::new(None),
            message: RwSignal::new(None),
            conflict: RwSignal::new(None),
            busy: RwSignal::new(false),
            signed_out: RwSignal::new(false),
            revealed: RwSignal::new(None),
            explanation: RwSignal::new(None),
        }
    }

    /// Clears the messages before the form is sent.
    pub(super) fn begin(self) {
        self.message.set(None);
        self.conflict.set(None);
        self.errors.set(Some(FieldErrors::default()));
        self.busy.set(true);
    }

    /// Shows why the form was refused.
    pub(super) fn show_problem(self, problem: AppError) {
        match problem {
            AppError::Invalid(errors) => self.show_errors(errors),
            AppError::SignedOut => self.signed_out.set(true),
            AppError::EditConflict(conflict) => self.conflict.set(Some(*conflict)),
            problem => self.message.set(Some(problem.message())),
        }
    }

    /// Shows the errors and focuses the first field that has one. An error without a field is the form's message.
    pub(super) fn show_errors(self, errors: FieldErrors) {
        match errors.0.first() {
            Some(first) if first.field.is_empty() => self.message.set(Some(first.message.clone())),
            Some(first) => focus_field_soon(first.field.clone()),
            None => {}
        }
        self.errors.set(Some(errors));
    }
}

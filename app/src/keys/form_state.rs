//! What every form of the page tracks while it is sent: messages, progress, and a session that ended meanwhile.

use crate::AppError;
use crate::access::reauthentication_dialog;
use crate::components::show_field_errors;
use crate::dom::Element;
use domain::form::FieldErrors;
use leptos::prelude::*;

/// The state of one form. A panel that closes disposes its signals, so answers are applied by `try_set`.
#[derive(Clone, Copy)]
pub(super) struct FormState {
    /// Messages of single fields.
    pub(super) errors: RwSignal<FieldErrors>,
    /// A message about the form as a whole.
    pub(super) message: RwSignal<Option<String>>,
    /// Whether the form is being sent.
    pub(super) busy: RwSignal<bool>,
    /// Whether the session has ended, which opens the re-authentication dialog.
    pub(super) signed_out: RwSignal<bool>,
}

impl FormState {
    pub(super) fn new() -> Self {
        Self {
            errors: RwSignal::new(FieldErrors::default()),
            message: RwSignal::new(None),
            busy: RwSignal::new(false),
            signed_out: RwSignal::new(false),
        }
    }

    /// Clears the messages before the form is sent.
    pub(super) fn begin(self) {
        self.message.set(None);
        self.errors.set(FieldErrors::default());
        self.busy.set(true);
    }

    /// Ends sending, and shows the problem if there is one.
    pub(super) fn end(self, problem: Option<AppError>) {
        let _ = self.busy.try_set(false);
        match problem {
            None => {}
            Some(AppError::Invalid(found)) => show_field_errors(self.errors, found),
            Some(AppError::SignedOut) => drop(self.signed_out.try_set(true)),
            Some(problem) => drop(self.message.try_set(Some(problem.message()))),
        }
    }

    /// The re-authentication dialog, open while the session has ended. It runs `retry` afterwards.
    pub(super) fn sign_in_again(self, retry: impl Fn() + Send + Sync + 'static, on_cancel: Callback<()>) -> Element {
        let signed_out = self.signed_out;
        let on_done = Callback::new(move |()| {
            signed_out.set(false);
            retry();
        });
        let on_cancel = Callback::new(move |()| {
            signed_out.set(false);
            on_cancel.run(());
        });
        reauthentication_dialog(signed_out, on_done, on_cancel)
    }
}

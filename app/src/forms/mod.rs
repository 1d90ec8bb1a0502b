//! HTML forms that work without wasm: a form posts to the URL of its own page, which is rendered again with the outcome.
//! Only the server renders these. Handling a posted form belongs in the server's `console::forms`.

mod confirm_dialog;
mod fields;
mod form_outcome;
mod kept_form;
mod notes;
mod settings_page;

pub use confirm_dialog::{ConfirmDialog, PageDialog};
pub use fields::{AccountInput, SelectField, SubmitButton, TextField};
pub use form_outcome::{FormOutcome, FormProblem, OneTimeSecret};
pub use kept_form::{KEPT_PREFIX, KeptFields, KeptForm};
pub use notes::{FormAlert, SuccessNote};
pub use settings_page::SettingsPage;

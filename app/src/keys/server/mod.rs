//! The server functions of the keys page, and the carrying out of its forms. Each form calls one use case of `service`.

#[cfg(feature = "ssr")]
mod answer;
mod edit_conflict;
mod explain;
mod key_with_secret;
mod submit;

pub use edit_conflict::EditConflict;
pub use explain::ExplainForm;
pub use key_with_secret::KeyWithSecret;
pub use submit::{KeyFormAnswer, SubmitKeyForm, submit_key_form};
#[cfg(feature = "ssr")]
pub use submit::{KeyFormRequest, answer_key_form};

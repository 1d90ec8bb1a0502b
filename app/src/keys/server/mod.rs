//! The server functions of the keys page, and the carrying out of its forms. Each form calls one use case of `service`.

mod allow_address;
#[cfg(feature = "ssr")]
mod answer;
mod edit_conflict;
mod explain;
mod first_call;
mod key_with_secret;
mod submit;

pub use allow_address::{AllowAddress, allow_address};
pub use edit_conflict::EditConflict;
pub use explain::ExplainForm;
pub use first_call::{FindFirstCall, find_first_call};
pub use key_with_secret::KeyWithSecret;
pub use submit::{KeyFormAnswer, SubmitKeyForm, submit_key_form};
#[cfg(feature = "ssr")]
pub use submit::{KeyFormRequest, answer_key_form};

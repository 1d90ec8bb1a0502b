//! Pages of plain forms, which need no wasm: a form posts to the address of its own page, and the page that answers
//! shows what came of it. Only the server renders these; what a form does is in the server's `console::forms`.

mod confirm;
mod field;
mod notes;
mod outcome;
mod settings;

pub use confirm::Confirm;
pub use field::{Choice, OfAccount, Submit, TextField};
pub use notes::{DoneNote, FormAlert};
pub use outcome::{FormOutcome, FormProblem, Once};
pub use settings::Settings;

//! Small islands inside an [`EnhancedForm`](super::enhanced_form): each shows one thing that changes while the form is
//! filled. Without the outer island they show what the server rendered.

mod conflict_note;
mod explanation_view;
mod field_error;
mod form_message;
mod name_counter;
mod restore_focus;
mod sentence;
mod submit_button;
mod whitelist_counter;
mod whitelist_feedback;

pub use conflict_note::ConflictNote;
pub use explanation_view::ExplanationView;
pub use field_error::FieldError;
pub use form_message::FormMessage;
pub use name_counter::NameCounter;
pub use restore_focus::RestoreFocus;
pub use sentence::Sentence;
pub use submit_button::SubmitButton;
pub use whitelist_counter::WhitelistCounter;
pub use whitelist_feedback::{LastCaller, WhitelistFeedback};

//! Small islands inside an [`EnhancedForm`](super::enhanced_form): each shows one thing that changes while the form is
//! filled. Without the outer island they show what the server rendered.

mod conflict_note;
mod explanation_view;
mod field_error;
mod form_message;
mod name_counter;
mod sentence;
mod submit_button;
mod template_button;
mod whitelist_counter;
mod whitelist_feedback;

// The browser calls an island's hydration function only.
#[cfg(feature = "ssr")]
pub use {
    conflict_note::ConflictNote,
    explanation_view::ExplanationView,
    field_error::FieldError,
    form_message::FormMessage,
    name_counter::NameCounter,
    sentence::Sentence,
    submit_button::SubmitButton,
    template_button::TemplateButton,
    whitelist_counter::WhitelistCounter,
    whitelist_feedback::{LastCaller, WhitelistFeedback},
};

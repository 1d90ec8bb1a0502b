//! API keys in the console: the list, the slider and the dialogs over it, and their server function. What the server alone
//! renders is left out of the wasm. The page of a single key lives in `pages::key_details`.

mod badge;
mod enhanced_form;
pub mod form_fields;
mod form_state;
pub mod islands;
pub mod list;
mod reveal;
pub mod server;
#[cfg(feature = "ssr")]
pub mod url;

#[cfg(feature = "ssr")]
mod dialog_context;
#[cfg(feature = "ssr")]
mod dialogs;
#[cfg(feature = "ssr")]
mod editor;
#[cfg(feature = "ssr")]
mod element_ids;
#[cfg(feature = "ssr")]
mod explain_panel;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod notice;

pub use form_fields::FormFields;
pub use islands::{FormMessage, RestoreFocus};
pub use reveal::RevealPage;
pub use server::KeyFormAnswer;

#[cfg(feature = "ssr")]
pub use dialog_context::DialogContext;
#[cfg(feature = "ssr")]
pub use dialogs::{Act, ConfirmActDialog, RotateDialog};
#[cfg(feature = "ssr")]
pub use editor::{EditorPanel, stored_fields};
#[cfg(feature = "ssr")]
pub use explain_panel::ExplainPanel;
#[cfg(feature = "ssr")]
pub use notice::{Notice, NoticeAct, take_notice};
#[cfg(feature = "ssr")]
pub use server::{KeyFormRequest, answer_key_form};

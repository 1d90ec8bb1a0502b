//! API keys in the console: the list, the slider and the dialogs over it, and their server function. What the server alone
//! renders is left out of the wasm. The page of a single key lives in `pages::key_details`.

#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod badge;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod enhanced_form;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod form_fields;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod form_state;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub mod islands;
pub mod list;
mod restore_focus;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod reveal;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
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
#[cfg(feature = "ssr")]
mod select;

#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use form_fields::FormFields;
pub use restore_focus::RestoreFocus;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use reveal::RevealPage;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
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

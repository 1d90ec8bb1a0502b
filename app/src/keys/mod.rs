//! API keys in the console: the server functions, and the island of `/settings/api-keys` with its list, panels and
//! dialogs. The page of a single key is server-rendered and lives in `pages::key_details`.

mod action_dialog;
mod bulk_selection;
mod clock;
mod confirm_dialog;
mod dialog_context;
mod dialog_state;
mod edit_conflict;
mod editor_panel;
mod element_ids;
mod environment_field;
mod explain_panel;
mod form_state;
mod key_form_state;
mod key_list;
mod key_row;
mod key_table;
mod last_used_cell;
mod limits_section;
pub mod list;
mod list_filter;
mod navigator;
mod overlay;
mod page;
mod privileges_field;
mod query;
mod reveal_dialog;
mod rotate_dialog;
pub mod server;
#[cfg(feature = "ssr")]
pub mod url;
mod whitelist_field;

#[cfg(feature = "ssr")]
pub use overlay::Overlay;
pub use page::{KeysInitialState, KeysPage};
pub use query::percent_encode;

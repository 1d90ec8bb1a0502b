//! The list of `/settings/api-keys`: head, search and filters, table, menus, bulk bar. All of it is rendered by the server
//! from links and forms; `selection` and `shortcuts` are the only islands. Loading the keys belongs in
//! `pages::key_list`, and what the forms do in the console crate.

#[cfg(feature = "ssr")]
mod bulk;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod dates;
#[cfg(feature = "ssr")]
mod filters;
#[cfg(feature = "ssr")]
mod head;
#[cfg(feature = "ssr")]
mod paging;
#[cfg(feature = "ssr")]
mod row;
#[cfg(feature = "ssr")]
mod row_menu;
#[cfg(feature = "ssr")]
mod section;
mod selection;
mod shortcuts;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
pub use {data::KeyListData, section::KeyListSection};

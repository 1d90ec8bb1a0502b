//! Every sentence that a person reads, in every language: the console, its mails and PDFs, and the messages of the rules in
//! `domain`.
//!
//! The texts stand in `locales/<language>.ftl`, in the syntax of Project Fluent. Code declares those that it uses with
//! [`texts!`], which makes a function of each, and calls them as any function: the language is that of the request, which
//! [`in_language`] sets around the future that answers it. Outside a request it is English. In the browser it is that of the
//! page, which carries the texts that its islands use.
//!
//! This is not a Fluent implementation: a text consists of words, arguments and selections by one argument. That is what the
//! console needs, and the browser's share of it is a tenth of `fluent-bundle`'s.

#[cfg(feature = "catalogue")]
mod catalogue;
mod current;
#[cfg(feature = "catalogue")]
mod ftl;
#[cfg(feature = "catalogue")]
mod locale;
mod macros;
mod pattern;
mod plural;
mod translations;
mod value;

#[cfg(feature = "catalogue")]
pub use catalogue::{MessageCatalogue, Override, OverrideError};
#[cfg(target_arch = "wasm32")]
pub use current::install;
#[cfg(feature = "catalogue")]
pub use current::{InLanguage, in_current_language, in_language, with_language};
pub use current::{current, format, format_parts, plain};
#[cfg(feature = "catalogue")]
pub use locale::Locale;
pub use pattern::TextPart;
pub use translations::{TextId, Translations};
pub use value::Value;

//! One function per fuzz target: it passes untrusted bytes to the real parser and panics if the result violates an
//! invariant. Compiled twice: into the fuzz targets, and into the test that replays `corpus/`.

mod basic;
mod cookie;
mod credential;
mod form;
mod forwarded_for;
mod header_lines;
mod whitelist;

pub use basic::basic;
pub use cookie::cookie;
pub use credential::credential;
pub use form::form;
pub use forwarded_for::forwarded_for;
pub use whitelist::whitelist;

/// A function that takes untrusted bytes.
type Target = fn(&[u8]);

/// Every target with its name, which is also its folder in `corpus/`.
pub const ALL: [(&str, Target); 6] = [
    ("basic", basic),
    ("cookie", cookie),
    ("credential", credential),
    ("form", form),
    ("forwarded_for", forwarded_for),
    ("whitelist", whitelist),
];

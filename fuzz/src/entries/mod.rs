//! One function a target: it takes bytes as a stranger sends them, reads them with the real parser, and panics when what
//! was read cannot be right. It is compiled twice, into the fuzz targets and into the test that replays `corpus/`.

mod basic;
mod cookie;
mod credential;
mod form;
mod forwarded_for;
mod lines;
mod whitelist;

pub use basic::basic;
pub use cookie::cookie;
pub use credential::credential;
pub use form::form;
pub use forwarded_for::forwarded_for;
pub use whitelist::whitelist;

/// What takes a stranger's bytes.
type Entry = fn(&[u8]);

/// Every target by its name, which is also its folder in `corpus/`.
pub const ALL: [(&str, Entry); 6] = [
    ("basic", basic),
    ("cookie", cookie),
    ("credential", credential),
    ("form", form),
    ("forwarded_for", forwarded_for),
    ("whitelist", whitelist),
];

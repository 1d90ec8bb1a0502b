//! The elements that islands are built of: one type for every tag, so that the wasm holds the code for an element once.
//! The framework's own views are a type for each combination of tag, attributes and children, which made the wasm twice
//! as large. Pages that only the server renders are written with `view!`; an [`Element`] may stand inside one.

mod browser;
mod element;
mod html;
mod view;

pub use element::{Element, Text, el};

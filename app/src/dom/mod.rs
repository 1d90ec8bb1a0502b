//! The element type that islands are built of. One type for all tags keeps the wasm small: Leptos generates a view type
//! for each combination of tag, attributes and children, which doubled its size. Server-rendered pages use `view!`, and
//! an [`Element`] can be used inside it.

mod browser;
mod element;
mod html;
mod view;

pub use element::{Element, Text, el};

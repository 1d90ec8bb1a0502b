//! Every sentence that a person reads in the console, one file per area. No markup and no logic beyond putting values
//! into a sentence, so that a translation replaces this folder alone.

pub mod access;
pub mod frame;
pub mod list;

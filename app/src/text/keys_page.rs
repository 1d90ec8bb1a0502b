//! The page of the key list as a whole.

pub const CANNOT_BE_SHOWN: &str = "The keys cannot be shown";
pub const TRY_AGAIN: &str = "Try again";

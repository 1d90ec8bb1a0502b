//! How often a test whose strength is repetition repeats itself.

/// The number in the environment variable, or `default`.
///
/// `make test` runs with the defaults; `scripts/soak.sh` sets every variable to the promised count.
///
/// # Panics
/// If the variable is set to something that is not a whole number.
#[must_use]
pub fn repetitions(variable: &str, default: usize) -> usize {
    match std::env::var(variable) {
        Ok(count) => count.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, not {count:?}")),
        Err(_) => default,
    }
}

//! Randomness, injected: the machine's in the program, a seeded one in tests.

use rand::TryRng;

/// Fills buffers with random bytes that nobody can foretell.
pub trait Random: Send + Sync + 'static {
    /// Fills all of `buffer`.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness no secret may be made, so there is nothing to fall back to.
        rand::rngs::SysRng.try_fill_bytes(buffer).expect("the operating system gives randomness");
    }
}

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

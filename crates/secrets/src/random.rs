//! Randomness as a dependency: the operating system's generator in production, a seeded one in tests.

use rand::TryRng;

/// A source of random bytes; in production cryptographically secure.
pub trait Random: Send + Sync + 'static {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        // No fallback: without randomness no secret may be created.
        rand::rngs::SysRng.try_fill_bytes(buffer).expect("the operating system provides randomness");
    }
}

/// `N` random bytes.
pub fn random_bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

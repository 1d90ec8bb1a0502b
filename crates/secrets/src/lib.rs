//! Cryptography with the installation's secrets: the pepper and keys derived from it, sealing, password hashing, and
//! injected randomness. Nothing here knows about API keys, members or the database.

mod hex;
mod password;
mod pepper;
mod pepper_file;
mod random;
mod seal;

pub use hex::hex;
pub use password::{HasherError, PasswordHasher};
pub use pepper::Pepper;
pub use pepper_file::{PepperFile, PepperFileError};
pub use random::{Random, SystemRandom, random_bytes};
pub use seal::Seal;
pub use secrecy::{ExposeSecret, SecretString};

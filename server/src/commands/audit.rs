//! `keyhatch audit verify`.

use service::Keyhatch;
use service::audit::ChainCheck;

use super::failure::Failure;

pub(super) async fn verify(keyhatch: &Keyhatch) -> Result<(), Failure> {
    match keyhatch.audit().verify().await.map_err(|error| Failure::of(error, |_| ""))? {
        ChainCheck::Intact { rows } => {
            println!("The audit is whole: {rows} rows.");
            Ok(())
        }
        ChainCheck::Broken { at } => Err(Failure::other(format!(
            "The audit was tampered with: row {at} is edited, or rows before it are missing."
        ))),
    }
}

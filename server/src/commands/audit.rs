//! `keyhatch audit verify`: verifies the audit's hash chain.

use service::Keyhatch;
use service::audit::ChainCheck;

use super::failure::Failure;

pub(super) async fn verify(keyhatch: &Keyhatch) -> Result<(), Failure> {
    match keyhatch.audit().verify().await.map_err(|error| Failure::from_service(error, |_| ""))? {
        ChainCheck::Intact { rows } => {
            println!("The audit is whole: {rows} rows.");
            Ok(())
        }
        ChainCheck::Broken { at } => Err(Failure::other(format!(
            "The audit was tampered with: row {at} is edited, or rows before it are missing."
        ))),
    }
}

//! `keyhatch backup FILE`.

use service::Keyhatch;

use super::failure::Failure;
use crate::cli::Backup;

pub(super) async fn run(keyhatch: &Keyhatch, args: &Backup) -> Result<(), Failure> {
    keyhatch.backup(&args.file).await.map_err(|error| Failure::other(error.to_string()))
}

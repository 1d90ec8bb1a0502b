//! Running a change to its end, independently of the request that asked for it.

use crate::error::Error;
use gate::Gate;
use i18n::in_current_language;
use store::{StoreError, Tx};

/// Runs a change in a task of its own and waits for its result. If the caller hangs up the change still completes,
/// because a commit must be followed by its eviction. Its messages are in the language of the request.
///
/// # Errors
/// The change's own error; [`Error::Internal`] if it panicked.
pub(crate) async fn run_detached<T: Send + 'static>(
    change: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    tokio::spawn(in_current_language(change)).await.unwrap_or(Err(Error::Internal))
}

/// Commits and evicts the changed secrets, even if the commit reports an error: the database may have committed and
/// only its answer been lost.
pub(crate) async fn commit_and_evict(tx: Tx, gate: &Gate, public_ids: &[String]) -> Result<(), StoreError> {
    let committed = tx.commit().await;
    gate.evict_all(public_ids);
    committed
}

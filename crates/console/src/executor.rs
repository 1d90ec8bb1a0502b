//! The executor of Leptos, which spawns parts of a page as tasks of their own: on Tokio, in the language of the request.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use i18n::in_current_language;

struct LanguageExecutor;

impl CustomExecutor for LanguageExecutor {
    fn spawn(&self, future: PinnedFuture<()>) {
        tokio::spawn(in_current_language(future));
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(in_current_language(future));
    }

    /// Tokio polls its tasks itself.
    fn poll_local(&self) {}
}

/// Sets the executor of this process. To be called before anything of Leptos, which would set its own.
pub(super) fn init_executor() {
    // Fails only if it is set already.
    let _ = Executor::init_custom_executor(LanguageExecutor);
}

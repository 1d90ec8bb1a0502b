//! The language in which texts are written now: that of the request on the server, that of the page in the browser.

use crate::pattern::TextPart;
use crate::translations::Translations;
use crate::value::Value;

#[cfg(feature = "catalogue")]
pub use on_server::{InLanguage, in_current_language, in_language, with_language};

/// The texts of the current language.
pub fn current() -> &'static Translations {
    #[cfg(feature = "catalogue")]
    return on_server::current();
    #[cfg(not(feature = "catalogue"))]
    return installed::current();
}

/// A text without arguments in the current language.
pub fn plain(id: &'static str) -> &'static str {
    current().plain(id)
}

/// A text in the current language with its arguments put in.
pub fn format(id: &str, arguments: &[(&str, Value<'_>)]) -> String {
    current().format(id, arguments)
}

/// As [`format`], with the values of arguments kept apart from the words around them.
pub fn format_parts(id: &str, arguments: &[(&str, Value<'_>)]) -> Vec<TextPart> {
    current().format_parts(id, arguments)
}

/// Sets the page's texts, once: the JSON that [`Translations::select`] made on the server.
#[cfg(target_arch = "wasm32")]
pub fn install(json: &str) {
    #[cfg(not(feature = "catalogue"))]
    installed::install(json);
    #[cfg(feature = "catalogue")]
    let _ = json;
}

#[cfg(not(feature = "catalogue"))]
mod installed {
    use super::Translations;
    use std::cell::Cell;
    use std::collections::HashMap;

    thread_local! {
        static CURRENT: Cell<Option<&'static Translations>> = const { Cell::new(None) };
    }

    pub(super) fn current() -> &'static Translations {
        CURRENT.get().unwrap_or_else(|| set(Translations::new("en", HashMap::new())))
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) fn install(json: &str) {
        if let Some(translations) = Translations::from_selection(json) {
            set(translations);
        }
    }

    fn set(translations: Translations) -> &'static Translations {
        let translations: &'static Translations = Box::leak(Box::new(translations));
        CURRENT.set(Some(translations));
        translations
    }
}

#[cfg(feature = "catalogue")]
mod on_server {
    use super::Translations;
    use crate::catalogue::MessageCatalogue;
    use std::cell::Cell;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    thread_local! {
        static CURRENT: Cell<Option<&'static Translations>> = const { Cell::new(None) };
    }

    pub(super) fn current() -> &'static Translations {
        CURRENT.get().unwrap_or_else(MessageCatalogue::english)
    }

    /// Restores the former language, also after a panic.
    struct Restore(Option<&'static Translations>);

    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }

    /// Calls `work` with this current language.
    pub fn with_language<T>(translations: &'static Translations, work: impl FnOnce() -> T) -> T {
        let _restore = Restore(CURRENT.replace(Some(translations)));
        work()
    }

    /// A future whose texts are in this language. What it spawns is not: see [`in_current_language`].
    pub fn in_language<F: Future>(translations: &'static Translations, future: F) -> InLanguage<F> {
        InLanguage { translations, future }
    }

    /// For work that is spawned: its texts are in the language that is current here.
    pub fn in_current_language<F: Future>(future: F) -> InLanguage<F> {
        in_language(current(), future)
    }

    pin_project_lite::pin_project! {
        /// The future of [`in_language`].
        pub struct InLanguage<F> {
            translations: &'static Translations,
            #[pin]
            future: F,
        }
    }

    impl<F: Future> Future for InLanguage<F> {
        type Output = F::Output;

        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
            let this = self.project();
            with_language(this.translations, || this.future.poll(context))
        }
    }
}

#[cfg(all(test, feature = "catalogue"))]
mod tests {
    use super::*;
    use crate::{Locale, MessageCatalogue};

    fn language(code: &str) -> &'static Translations {
        MessageCatalogue::default().translations(Locale::parse(code).expect(code))
    }

    #[tokio::test]
    async fn each_future_keeps_its_language_across_its_waits() {
        let named = async |wait: usize| {
            for _ in 0..wait {
                tokio::task::yield_now().await;
            }
            current().language()
        };
        let both = tokio::join!(in_language(language("de"), named(3)), in_language(language("en"), named(2)), named(1));
        assert_eq!(both, ("de", "en", "en"));
        let spawned = in_language(language("de"), async {
            let inherited = tokio::spawn(in_current_language(async { current().language() }));
            let forgotten = tokio::spawn(async { current().language() });
            (inherited.await.expect("no panic"), forgotten.await.expect("no panic"))
        });
        assert_eq!(spawned.await, ("de", "en"));
    }

    #[test]
    fn language_is_restored_after_a_panic() {
        let panicked = std::panic::catch_unwind(|| with_language(language("de"), || panic!("expected")));
        assert!(panicked.is_err());
        assert_eq!(current().language(), "en");
    }
}

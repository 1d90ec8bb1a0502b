//! The plural form that a number takes in a language: `one`, `two`, `few`, `many` or `other`, by the rules of Unicode CLDR.

/// The rules of one language.
pub(crate) struct PluralForms {
    #[cfg(feature = "catalogue")]
    rules: Option<icu_plurals::PluralRules>,
    /// The browser knows the rules of every language.
    #[cfg(all(target_arch = "wasm32", not(feature = "catalogue")))]
    rules: js_sys::Intl::PluralRules,
}

#[cfg(feature = "catalogue")]
impl PluralForms {
    /// The rules of a language such as `de`; English ones if it is unknown.
    pub(crate) fn new(language: &str) -> Self {
        let locale = language.parse::<icu_locale_core::Locale>().unwrap_or(icu_locale_core::locale!("en"));
        Self { rules: icu_plurals::PluralRules::try_new_cardinal(locale.into()).ok() }
    }

    /// The form of a number.
    pub(crate) fn of(&self, number: u64) -> &'static str {
        use icu_plurals::PluralCategory;
        match self.rules.as_ref().map(|rules| rules.category_for(number)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }
}

#[cfg(all(target_arch = "wasm32", not(feature = "catalogue")))]
impl PluralForms {
    pub(crate) fn new(language: &str) -> Self {
        let locales = js_sys::Array::of1(&language.into());
        Self { rules: js_sys::Intl::PluralRules::new(&locales, &js_sys::Object::new()) }
    }

    pub(crate) fn of(&self, number: u64) -> &'static str {
        // Counts on a page are far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        let form = self.rules.select(number as f64);
        match form.as_string().as_deref() {
            Some("zero") => "zero",
            Some("one") => "one",
            Some("two") => "two",
            Some("few") => "few",
            Some("many") => "many",
            _ => "other",
        }
    }
}

/// Neither server nor browser, such as a tool that only formats: English.
#[cfg(all(not(target_arch = "wasm32"), not(feature = "catalogue")))]
impl PluralForms {
    pub(crate) fn new(_language: &str) -> Self {
        Self {}
    }

    #[expect(clippy::unused_self, reason = "the other implementations use it")]
    pub(crate) fn of(&self, number: u64) -> &'static str {
        if number == 1 { "one" } else { "other" }
    }
}

//! The languages that Keyhatch speaks, and which of them a person reads.

/// A language. To add one, add its file to `locales` and a line to [`Self::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Locale {
    code: &'static str,
    name: &'static str,
    source: &'static str,
}

impl Locale {
    /// All languages, in the order in which they are offered; the first is complete and stands in for what another lacks.
    pub const ALL: [Self; 2] = [
        Self { code: "en", name: "English", source: include_str!("../locales/en.ftl") },
        Self { code: "de", name: "Deutsch", source: include_str!("../locales/de.ftl") },
    ];

    /// English.
    pub const ENGLISH: Self = Self::ALL[0];

    /// Its code (BCP 47), such as `de`.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// Its name in itself, such as `Deutsch`.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Its texts, in the syntax of Project Fluent.
    pub const fn source(self) -> &'static str {
        self.source
    }

    /// Parses a code exactly.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code == code)
    }

    /// The language that a browser asks for most, by its `Accept-Language`. A region is ignored: `de-AT` is German. English
    /// if it asks for none of ours.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = accept_language.split(',').filter_map(parse_range).collect();
        // Stable: of two that are wanted equally, the first.
        wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        wanted.first().map_or(Self::ENGLISH, |(_, locale)| *locale)
    }
}

/// Parses one of our languages and its quality, `de-AT;q=0.8`. By hand: `accept-language` 3.1 sorts qualities that may not
/// be numbers by an order that is not total, at which the standard library may panic.
fn parse_range(range: &str) -> Option<(f32, Locale)> {
    let (tag, quality) = match range.split_once(';') {
        None => (range, 1.0),
        Some((tag, quality)) => (tag, quality.trim().strip_prefix("q=")?.parse().ok()?),
    };
    let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
    let locale = Locale::parse(&primary)?;
    (quality > 0.0 && quality <= 1.0).then_some((quality, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_we_have_is_chosen() {
        for (header, code) in [
            ("de", "de"),
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("DE-ch", "de"),
            ("fr-FR,fr;q=0.9,de;q=0.8,en;q=0.7", "de"),
            ("en;q=0.5,de;q=0.9", "de"),
            ("en-US,en;q=0.9,de;q=0.8", "en"),
            ("fr", "en"),
            ("", "en"),
            ("*", "en"),
            ("de;q=0", "en"),
            (";;,,=\u{fffd}", "en"),
            ("de;q=nan,en;q=0.1", "en"),
            ("de;q=2", "en"),
        ] {
            assert_eq!(Locale::negotiate(header).code(), code, "{header:?}");
        }
    }
}

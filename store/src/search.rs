//! What a search compares: letters without regard to case, in the same way on both databases.

/// The form in which a name is stored for searching. SQLite folds ASCII only and PostgreSQL after its locale, so neither
/// is asked to.
pub(crate) fn fold(text: &str) -> String {
    // Letter by letter, so that a sigma folds alike inside and at the end of a word.
    text.chars().flat_map(char::to_lowercase).map(|letter| if letter == 'ς' { 'σ' } else { letter }).collect()
}

/// A pattern for `LIKE … ESCAPE '\'` that finds `text` anywhere; everything if there is none.
pub(crate) fn pattern(text: Option<&str>) -> String {
    let folded = fold(text.unwrap_or_default().trim());
    if folded.is_empty() {
        return "%".to_owned();
    }
    let mut pattern = String::with_capacity(folded.len() + 2);
    pattern.push('%');
    for letter in folded.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_beyond_ascii() {
        assert_eq!(fold("Café ΟΔΟΣ ΟΔΟΣΑ Жук"), "café οδοσ οδοσα жук");
        assert_eq!(fold("οδός"), fold("ΟΔΌΣ"));
    }

    #[test]
    fn wildcards_are_letters() {
        assert_eq!(pattern(Some(r" 50%_\ ")), r"%50\%\_\\%");
        assert_eq!(pattern(Some("  ")), "%");
        assert_eq!(pattern(None), "%");
    }
}

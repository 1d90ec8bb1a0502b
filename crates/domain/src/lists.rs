//! Numbers and enumerations as the current language writes them.

use crate::texts::lists as texts;

/// `1234567` as `1,234,567`.
pub(crate) fn group_digits(number: u128) -> String {
    let (digits, separator) = (number.to_string(), texts::thousands_separator());
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// `a, b, c`.
pub fn comma_list(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::new(),
        [first, rest @ ..] => {
            rest.iter().fold(first.as_ref().to_owned(), |list, next| texts::comma(list, next.as_ref()))
        }
    }
}

/// `a, b and c`.
pub(crate) fn and_list(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::new(),
        [item] => item.as_ref().to_owned(),
        [rest @ .., last] => texts::and(comma_list(rest), last.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::tests::in_german;

    #[test]
    fn digits_are_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (7, "7"), (999, "999"), (1_024, "1,024"), (1_048_576, "1,048,576")] {
            assert_eq!(group_digits(number), text);
        }
        assert_eq!(in_german(|| [group_digits(999), group_digits(1_048_576)]), ["999", "1.048.576"]);
    }

    #[test]
    fn items_are_enumerated() {
        for (items, commas, and) in [
            (&[][..], "", ""),
            (&["a"], "a", "a"),
            (&["a", "b"], "a, b", "a and b"),
            (&["a", "b", "c"], "a, b, c", "a, b and c"),
        ] {
            assert_eq!((comma_list(items).as_str(), and_list(items).as_str()), (commas, and));
        }
        assert_eq!(in_german(|| and_list(&["a", "b", "c"])), "a, b und c");
    }
}

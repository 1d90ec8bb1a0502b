//! The line number of a key in a configuration file, for messages.

use toml_edit::{ImDocument, Item, Key, TableLike};

/// The line, from 1, of a key such as `limits.name_length` or `gateway.routes.2.path`, or of its longest existing prefix.
/// `None` if no part of it exists.
pub(super) fn find_line(text: &str, key: &str) -> Option<usize> {
    let document = match ImDocument::parse(text) {
        Ok(document) => document,
        Err(error) => return error.span().map(|span| line_at(text, span.start)),
    };
    let mut found = None;
    let mut table: Option<&dyn TableLike> = Some(document.as_table());
    let mut parts = key.split('.').peekable();
    while let (Some(part), Some(inside)) = (parts.next(), table.take()) {
        let Some((key, item)) = inside.get_key_value(part) else { break };
        found = start(key, item).or(found);
        let number: Option<usize> = parts.peek().and_then(|part| part.parse().ok());
        let element = item.as_array_of_tables().zip(number).and_then(|(array, number)| array.get(number));
        if let Some(element) = element {
            parts.next();
            found = element.span().map(|span| span.start).or(found);
            table = Some(element);
        } else {
            table = item.as_table_like();
        }
    }
    found.map(|start| line_at(text, start))
}

fn start(key: &Key, item: &Item) -> Option<usize> {
    key.span().or_else(|| item.span()).map(|span| span.start)
}

fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_with_their_line() {
        let text = "key_prefix = \"kh\"\n\n[limits]\n# a comment\nname_length = 0\n\n[[gateway.routes]]\npath = \"/a\"\n\
                    [[gateway.routes]]\npath = \"/b\"\nprivilege = \"a:b\"\n";
        for (key, found) in [
            ("key_prefix", Some(1)),
            ("limits", Some(3)),
            ("limits.name_length", Some(5)),
            ("limits.nothing", Some(3)),
            ("gateway.routes.1.privilege", Some(11)),
            ("gateway.routes.1.method", Some(9)),
            ("nothing", None),
        ] {
            assert_eq!(find_line(text, key), found, "{key}");
        }
        assert_eq!(find_line("a = 1\nb = \nc = 2", "syntax"), Some(2));
    }
}

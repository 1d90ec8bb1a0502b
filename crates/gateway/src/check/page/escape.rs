//! Text on its way into HTML. Whatever did not grow in this folder goes through here: a gateway's answer may hold
//! anything.

use std::fmt::{Display, Formatter, Result, Write as _};

/// Shows itself so that a browser reads it as text, also within a quoted attribute.
pub(super) struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                character => formatter.write_char(character)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn nothing_of_it_is_markup() {
        let hostile = r#"</p><script>alert('1')</script>" onload="&lt;"#;
        let written = Text(hostile).to_string();
        assert_eq!(written, "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;&amp;lt;");
        assert_eq!(Text("größer – 1").to_string(), "größer – 1");
    }
}

//! Server-side rendering of an element to HTML. All text is escaped here; there is no way around it.

use super::element::{Child, Element};
use leptos::prelude::GetUntracked;

/// Elements that have no end tag.
const VOID: [&str; 1] = ["input"];
/// Marks the start of bound children, for hydration.
const BEGIN: &str = "<!---->";

impl Element {
    /// Appends the element to `html`.
    pub(super) fn write_html(&self, html: &mut String) {
        let this = &*self.0;
        html.push('<');
        html.push_str(this.tag);
        for (name, value) in &this.attributes {
            attribute(html, name, value);
        }
        for (name, value) in &this.bound_attributes {
            if let Some(value) = value() {
                attribute(html, name, &value);
            }
        }
        if this.checked.as_ref().is_some_and(|checked| checked()) {
            attribute(html, "checked", "");
        }
        let typed = this.typed.map(|typed| typed.get_untracked()).unwrap_or_default();
        if !typed.is_empty() && VOID.contains(&this.tag) {
            attribute(html, "value", &typed);
        }
        html.push('>');
        if VOID.contains(&this.tag) {
            return;
        }
        if this.tag == "textarea" {
            // The HTML parser drops a line break right after the tag, so write one that may be dropped.
            html.push('\n');
            escape(html, &typed, '"');
        }
        for child in &this.children {
            match child {
                Child::Element(element) => element.write_html(html),
                Child::Text(text) => escape(html, text, '"'),
                Child::BoundText(text) => escape(html, &text(), '"'),
                Child::BoundChildren(elements) => {
                    html.push_str(BEGIN);
                    for element in elements() {
                        element.write_html(html);
                    }
                }
            }
        }
        html.push_str("</");
        html.push_str(this.tag);
        html.push('>');
    }
}

fn attribute(html: &mut String, name: &str, value: &str) {
    // Values with double quotes are mostly JSON, which would grow by half if each quote were escaped.
    let quote = if value.contains('"') { '\'' } else { '"' };
    html.push(' ');
    html.push_str(name);
    html.push('=');
    html.push(quote);
    escape(html, value, quote);
    html.push(quote);
}

/// Appends escaped text, safe inside an attribute with these quotes.
fn escape(html: &mut String, text: &str, quote: char) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quote == '"' => "&quot;",
            b'\'' if quote == '\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[written..at]);
        html.push_str(entity);
        written = at + 1;
    }
    html.push_str(&text[written..]);
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use crate::dom::el;
    use leptos::prelude::*;

    fn area(text: &'static str) -> String {
        Owner::new().with(|| el("textarea").bind_value(RwSignal::new(text.to_owned())).to_html())
    }

    #[test]
    fn textarea_content_is_escaped() {
        let html = area("</textarea><script>alert(1)</script>&lt;");
        assert_eq!(html, "<textarea>\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;</textarea>");
    }

    #[test]
    fn empty_textarea_stays_empty() {
        assert_eq!(area(""), "<textarea>\n</textarea>");
    }

    #[test]
    fn text_and_attributes_are_escaped() {
        let html = |title: &'static str| el("b").attr("title", title).child("<i>\"'".to_owned()).to_html();
        assert_eq!(html("\" onclick=\"x"), "<b title='\" onclick=\"x'>&lt;i&gt;&quot;'</b>");
        assert_eq!(html("' onclick='x"), "<b title=\"' onclick='x\">&lt;i&gt;&quot;'</b>");
        assert_eq!(html("\"' onclick='x&é<"), "<b title='\"&#39; onclick=&#39;x&amp;é&lt;'>&lt;i&gt;&quot;'</b>");
    }

    #[test]
    fn bound_parts_are_rendered_with_their_current_value() {
        let html = Owner::new().with(|| {
            let is_open = RwSignal::new(true);
            el("p")
                .bind_flag("hidden", move || !is_open.get())
                .bind_child(move || is_open.get().then(|| el("b")))
                .to_html()
        });
        assert_eq!(html, "<p><!----><b></b></p>");
    }
}

//! An element as the server writes it. All text is escaped here, with nothing to switch it off.

use super::element::{Child, Element};
use leptos::prelude::GetUntracked;

/// Elements that have no end tag.
const VOID: [&str; 1] = ["input"];
/// Where changing elements begin. The browser half looks for it.
const BEGIN: &str = "<!---->";

impl Element {
    /// Writes the element to the end of `html`.
    pub(super) fn write(&self, html: &mut String) {
        let this = &*self.0;
        html.push('<');
        html.push_str(this.tag);
        for (name, value) in &this.attributes {
            attribute(html, name, value);
        }
        for (name, value) in &this.live_attributes {
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
            // HTML drops a line break right after the tag, so it gets one that may be dropped.
            html.push('\n');
            escape(html, &typed);
        }
        for child in &this.children {
            match child {
                Child::Element(element) => element.write(html),
                Child::Text(text) => escape(html, text),
                Child::LiveText(text) => escape(html, &text()),
                Child::Live(elements) => {
                    html.push_str(BEGIN);
                    for element in elements() {
                        element.write(html);
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
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape(html, value);
    html.push('"');
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use crate::dom::el;
    use leptos::prelude::*;

    fn area(text: &'static str) -> String {
        Owner::new().with(|| el("textarea").typed(RwSignal::new(text.to_owned())).to_html())
    }

    #[test]
    fn what_was_typed_stays_text() {
        let html = area("</textarea><script>alert(1)</script>&lt;");
        assert_eq!(html, "<textarea>\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;</textarea>");
    }

    #[test]
    fn an_empty_text_stays_empty() {
        assert_eq!(area(""), "<textarea>\n</textarea>");
    }

    #[test]
    fn names_and_attributes_stay_text() {
        let html = el("b").attr("title", "\" onclick=\"x").child("<i>".to_owned()).to_html();
        assert_eq!(html, "<b title=\"&quot; onclick=&quot;x\">&lt;i&gt;</b>");
    }

    #[test]
    fn what_changes_is_written_as_it_is_now() {
        let html = Owner::new().with(|| {
            let is_open = RwSignal::new(true);
            el("p")
                .live_flag("hidden", move || !is_open.get())
                .live_if(move || is_open.get().then(|| el("b")))
                .to_html()
        });
        assert_eq!(html, "<p><!----><b></b></p>");
    }
}

//! The one text area of the product. The framework renders a `<textarea>`'s dynamic child unescaped on the server, so
//! nothing else may use that element; the escaping here has tests of its own.

use leptos::prelude::*;

/// A text area that shows `value` and keeps it.
#[component]
pub fn TextArea(
    id: &'static str,
    class: &'static str,
    #[prop(into)] value: RwSignal<String>,
    rows: usize,
    #[prop(into, optional)] described_by: &'static str,
    #[prop(optional)] read_only: bool,
    #[prop(into, optional)] invalid: Signal<bool>,
) -> impl IntoView {
    let first = escape(&value.get_untracked());
    view! {
        <textarea id=id name=id class=class rows=rows spellcheck="false" autocapitalize="none" autocomplete="off"
            aria-describedby=described_by readonly=read_only
            aria-invalid=move || invalid.get().then_some("true")
            inner_html=first
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))></textarea>
    }
}

/// Text as the content of a `<textarea>`. The line break in front is the one that HTML drops.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 1);
    escaped.push('\n');
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn render(text: &'static str) -> String {
        let owner = Owner::new();
        owner.with(|| {
            let value = RwSignal::new(text.to_owned());
            view! { <TextArea id="t" class="c" value rows=2 /> }.to_html()
        })
    }

    #[test]
    fn what_was_typed_stays_text() {
        let html = render("</textarea><script>alert(1)</script>&lt;");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn an_empty_text_stays_empty() {
        assert!(render("").contains(">\n</textarea>"), "{}", render(""));
    }
}

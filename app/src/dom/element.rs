//! What an element is, before it is text on the server or a node in the browser.

use leptos::prelude::RwSignal;
use std::borrow::Cow;

/// Text that is mostly known when the program is compiled.
pub type Text = Cow<'static, str>;
/// What an attribute says now; nothing takes the attribute away.
pub(super) type BoundAttribute = Box<dyn Fn() -> Option<Text> + Send>;
/// What is called with the node.
pub(super) type MountCallback = Box<dyn FnOnce(web_sys::Element) + Send>;
/// What is called with an event.
pub(super) type Handler = Box<dyn FnMut(web_sys::Event) + Send>;

/// An element with its attributes, children and handlers. Closures given to it are run again whenever a signal that
/// they read changes, and are gone with the element.
pub struct Element(pub(super) Box<ElementParts>);

/// What an [`Element`] was given. Boxed, because it is handed on with every call.
#[derive(Default)]
pub(super) struct ElementParts {
    pub(super) tag: &'static str,
    pub(super) attributes: Vec<(&'static str, Text)>,
    pub(super) bound_attributes: Vec<(&'static str, BoundAttribute)>,
    pub(super) checked: Option<Box<dyn Fn() -> bool + Send>>,
    pub(super) typed: Option<RwSignal<String>>,
    pub(super) handlers: Vec<(&'static str, Handler)>,
    pub(super) children: Vec<Child>,
    pub(super) on_mount: Option<MountCallback>,
}

/// What stands inside an element.
pub enum Child {
    /// Another element.
    Element(Element),
    /// Text that stays.
    Text(Text),
    /// Text that changes; the only child of its element.
    BoundText(Box<dyn Fn() -> Text + Send>),
    /// Elements that change, between others that need not.
    BoundChildren(Box<dyn Fn() -> Vec<Element> + Send>),
}

/// An element without anything in it.
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(ElementParts { tag, ..ElementParts::default() }))
}

impl Element {
    /// Sets an attribute for good.
    pub fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// Sets its class.
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// Sets an attribute that changes.
    pub fn bind_attr(mut self, name: &'static str, value: impl Fn() -> Option<Text> + Send + 'static) -> Self {
        self.0.bound_attributes.push((name, Box::new(value)));
        self
    }

    /// Sets an attribute that is there or not.
    pub fn bind_flag(self, name: &'static str, is_set: impl Fn() -> bool + Send + 'static) -> Self {
        self.bind_attr(name, move || is_set().then_some(Cow::Borrowed("")))
    }

    /// Says "true" in an attribute while it holds; for the `aria-` ones.
    pub fn bind_true(self, name: &'static str, is_true: impl Fn() -> bool + Send + 'static) -> Self {
        self.bind_attr(name, move || is_true().then_some(Cow::Borrowed("true")))
    }

    /// Ties a text box to a signal, both ways. What was typed before wasm arrived wins.
    pub fn bind_value(mut self, value: RwSignal<String>) -> Self {
        self.0.typed = Some(value);
        self
    }

    /// Ties a check box: what it shows, and what a click asks for.
    pub fn bind_checked(
        mut self,
        is_checked: impl Fn() -> bool + Send + 'static,
        mut on_change: impl FnMut(bool) + Send + 'static,
    ) -> Self {
        self.0.checked = Some(Box::new(is_checked));
        self.on("change", move |event| on_change(leptos::prelude::event_target_checked(&event)))
    }

    /// Calls `handler` with each event of this name.
    pub fn on(mut self, event: &'static str, handler: impl FnMut(web_sys::Event) + Send + 'static) -> Self {
        // Nothing happens to what the server writes.
        if cfg!(not(feature = "ssr")) {
            self.0.handlers.push((event, Box::new(handler)));
        }
        self
    }

    /// Calls `handler` when it is clicked, instead of what the browser would do.
    pub fn on_click(self, mut handler: impl FnMut() + Send + 'static) -> Self {
        self.on("click", move |event| {
            event.prevent_default();
            handler();
        })
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Child>) -> Self {
        match (self.0.children.last_mut(), child.into()) {
            // The browser reads the server's text as one node.
            (Some(Child::Text(before)), Child::Text(text)) => before.to_mut().push_str(&text),
            (_, Child::Text(text)) if text.is_empty() => {}
            (_, child) => self.0.children.push(child),
        }
        self
    }

    /// Adds children, or one that may be missing.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.0.children.extend(children.into_iter().map(Child::Element));
        self
    }

    /// Text that changes, as its only child.
    pub fn bind_text<T: Into<Text>>(self, text: impl Fn() -> T + Send + 'static) -> Self {
        self.child(Child::BoundText(Box::new(move || text().into())))
    }

    /// Adds elements that change.
    pub fn bind_children(self, elements: impl Fn() -> Vec<Element> + Send + 'static) -> Self {
        self.child(Child::BoundChildren(Box::new(elements)))
    }

    /// Adds an element that comes and goes.
    pub fn bind_child(self, element: impl Fn() -> Option<Element> + Send + 'static) -> Self {
        self.bind_children(move || element().into_iter().collect())
    }

    /// Hands the node over in the browser, as soon as it is on the page.
    pub fn on_mount(mut self, act: impl FnOnce(web_sys::Element) + Send + 'static) -> Self {
        self.0.on_mount = Some(Box::new(act));
        self
    }
}

impl From<Element> for Child {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<Text> for Child {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&'static str> for Child {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Child {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

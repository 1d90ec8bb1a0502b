//! The description of an element, from which the server writes HTML and the browser creates or hydrates a node.

use leptos::prelude::RwSignal;
use std::borrow::Cow;

/// Text that is usually a compile-time constant.
pub type Text = Cow<'static, str>;
/// Computes an attribute's value; `None` removes the attribute.
pub(super) type BoundAttribute = Box<dyn Fn() -> Option<Text> + Send>;
/// Called with the mounted node.
pub(super) type MountCallback = Box<dyn FnOnce(web_sys::Element) + Send>;
/// An event handler.
pub(super) type Handler = Box<dyn FnMut(web_sys::Event) + Send>;

/// An element with its attributes, children and handlers. Bound closures are effects: they run again when a signal that
/// they read changes, and are dropped with the element.
pub struct Element(pub(super) Box<ElementParts>);

/// The contents of an [`Element`]. Boxed, because each builder call moves it.
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

/// A child of an element.
pub enum Child {
    /// Another element.
    Element(Element),
    /// Constant text.
    Text(Text),
    /// Bound text; the only child of its element.
    BoundText(Box<dyn Fn() -> Text + Send>),
    /// Bound elements, possibly between constant siblings.
    BoundChildren(Box<dyn Fn() -> Vec<Element> + Send>),
}

/// An empty element.
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(ElementParts { tag, ..ElementParts::default() }))
}

impl Element {
    /// Sets a constant attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// Sets the CSS class.
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// Binds an attribute's value.
    pub fn bind_attr(mut self, name: &'static str, value: impl Fn() -> Option<Text> + Send + 'static) -> Self {
        self.0.bound_attributes.push((name, Box::new(value)));
        self
    }

    /// Binds a boolean attribute, such as `disabled`.
    pub fn bind_flag(self, name: &'static str, is_set: impl Fn() -> bool + Send + 'static) -> Self {
        self.bind_attr(name, move || is_set().then_some(Cow::Borrowed("")))
    }

    /// Binds an attribute that is "true" or absent, such as `aria-busy`.
    pub fn bind_true(self, name: &'static str, is_true: impl Fn() -> bool + Send + 'static) -> Self {
        self.bind_attr(name, move || is_true().then_some(Cow::Borrowed("true")))
    }

    /// Binds the value of an input to a signal, both ways. What was typed before hydration wins.
    pub fn bind_value(mut self, value: RwSignal<String>) -> Self {
        self.0.typed = Some(value);
        self
    }

    /// Binds the state of a check box or radio button, and handles its changes.
    pub fn bind_checked(
        mut self,
        is_checked: impl Fn() -> bool + Send + 'static,
        mut on_change: impl FnMut(bool) + Send + 'static,
    ) -> Self {
        self.0.checked = Some(Box::new(is_checked));
        self.on("change", move |event| on_change(leptos::prelude::event_target_checked(&event)))
    }

    /// Adds an event listener.
    pub fn on(mut self, event: &'static str, handler: impl FnMut(web_sys::Event) + Send + 'static) -> Self {
        // The server renders no handlers.
        if cfg!(not(feature = "ssr")) {
            self.0.handlers.push((event, Box::new(handler)));
        }
        self
    }

    /// Handles clicks and prevents the browser's default action.
    pub fn on_click(self, mut handler: impl FnMut() + Send + 'static) -> Self {
        self.on("click", move |event| {
            event.prevent_default();
            handler();
        })
    }

    /// Adds a child.
    pub fn child(mut self, child: impl Into<Child>) -> Self {
        match (self.0.children.last_mut(), child.into()) {
            // The browser parses adjacent text as one node.
            (Some(Child::Text(before)), Child::Text(text)) => before.to_mut().push_str(&text),
            (_, Child::Text(text)) if text.is_empty() => {}
            (_, child) => self.0.children.push(child),
        }
        self
    }

    /// Adds any number of children; also takes an `Option`.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.0.children.extend(children.into_iter().map(Child::Element));
        self
    }

    /// Binds the text content.
    pub fn bind_text<T: Into<Text>>(self, text: impl Fn() -> T + Send + 'static) -> Self {
        self.child(Child::BoundText(Box::new(move || text().into())))
    }

    /// Adds bound children.
    pub fn bind_children(self, elements: impl Fn() -> Vec<Element> + Send + 'static) -> Self {
        self.child(Child::BoundChildren(Box::new(elements)))
    }

    /// Adds a bound child that may be absent.
    pub fn bind_child(self, element: impl Fn() -> Option<Element> + Send + 'static) -> Self {
        self.bind_children(move || element().into_iter().collect())
    }

    /// Calls `act` with the node in the browser, once it is on the page.
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

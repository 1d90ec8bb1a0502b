//! Elements in the browser: creating nodes, and hydrating those that the server rendered. Effects and listeners belong
//! to the current reactive owner and are dropped with it.

use super::element::{Child, Element, Handler};
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlInputElement, Node};

impl Element {
    /// Creates a new node.
    pub(super) fn create_node(self) -> web_sys::Element {
        let node = document().create_element(self.0.tag).expect("tags are valid constants");
        for (name, value) in &self.0.attributes {
            let _ = node.set_attribute(name, value);
        }
        self.attach(node, false)
    }

    /// Attaches effects and listeners to a server-rendered node.
    pub(super) fn hydrate_node(self, node: web_sys::Element) -> web_sys::Element {
        self.attach(node, true)
    }

    fn attach(self, node: web_sys::Element, is_hydrating: bool) -> web_sys::Element {
        let parts = *self.0;
        let mut next = if is_hydrating { node.first_child() } else { None };
        for child in parts.children {
            next = attach_child(&node, child, next, is_hydrating);
        }
        for (name, value) in parts.bound_attributes {
            let node = node.clone();
            effect(move || {
                let _ = match value() {
                    Some(value) => node.set_attribute(name, &value),
                    None => node.remove_attribute(name),
                };
            });
        }
        if let Some(is_checked) = parts.checked {
            let node = node.clone();
            effect(move || node.unchecked_ref::<HtmlInputElement>().set_checked(is_checked()));
        }
        if let Some(value) = parts.typed {
            bind_value(&node, value, is_hydrating);
        }
        for (event, handler) in parts.handlers {
            add_listener(&node, event, handler);
        }
        if let Some(act) = parts.on_mount {
            let (node, owner) = (node.clone(), Owner::current());
            queue_microtask(move || match owner {
                Some(owner) => owner.with(|| act(node)),
                None => act(node),
            });
        }
        node
    }
}

/// Appends a child, or hydrates the one at `next`. Returns the node after it.
fn attach_child(parent: &web_sys::Element, child: Child, next: Option<Node>, is_hydrating: bool) -> Option<Node> {
    match (child, next) {
        (Child::Element(element), Some(node)) => {
            let next = node.next_sibling();
            element.hydrate_node(node.unchecked_into());
            next
        }
        (Child::Element(element), None) => append(parent, &element.create_node()),
        (Child::Text(_), Some(node)) => node.next_sibling(),
        (Child::Text(text), None) => append(parent, &document().create_text_node(&text)),
        (Child::BoundText(text), _) => {
            let parent = parent.clone();
            effect(move || {
                let text = text();
                if parent.text_content().as_deref() != Some(&*text) {
                    parent.set_text_content(Some(&text));
                }
            });
            None
        }
        (Child::BoundChildren(elements), next) => {
            let begin = next.unwrap_or_else(|| {
                let begin = document().create_comment("");
                append(parent, &begin);
                begin.into()
            });
            bind_children(elements, begin, is_hydrating)
        }
    }
}

fn append(parent: &web_sys::Element, node: &Node) -> Option<Node> {
    // Fails only for a cycle, which a tree of elements cannot contain.
    let _ = parent.append_child(node);
    None
}

/// Re-renders the elements after `begin` when their signals change. Returns the node after them.
fn bind_children(elements: Box<dyn Fn() -> Vec<Element> + Send>, begin: Node, is_hydrating: bool) -> Option<Node> {
    let mark = begin.clone();
    let effect = RenderEffect::new(move |shown: Option<Vec<web_sys::Element>>| {
        let is_hydrating = is_hydrating && shown.is_none();
        shown.into_iter().flatten().for_each(|old| old.remove());
        let mut last = mark.clone();
        let mut nodes = Vec::new();
        for element in elements() {
            let next = last.next_sibling();
            let node = match next {
                Some(node) if is_hydrating => element.hydrate_node(node.unchecked_into()),
                next => {
                    let node = element.create_node();
                    if let Some(parent) = last.parent_node() {
                        let _ = parent.insert_before(&node, next.as_ref());
                    }
                    node
                }
            };
            last = node.clone().into();
            nodes.push(node);
        }
        nodes
    });
    let last = effect.with_value_mut(|nodes| nodes.last().cloned()).flatten();
    StoredValue::new_local(effect);
    last.map_or(begin, Into::into).next_sibling()
}

fn bind_value(node: &web_sys::Element, value: RwSignal<String>, is_hydrating: bool) {
    // A text area has the same properties as an input.
    let input: &HtmlInputElement = node.unchecked_ref();
    let typed = input.value();
    let was_edited = is_hydrating && typed != value.get_untracked();
    if was_edited {
        // Deferred until the whole page is hydrated: until then it must match the server's HTML.
        queue_microtask(move || drop(value.try_set(typed)));
    }
    let (shown, was_edited) = (input.clone(), Cell::new(was_edited));
    effect(move || {
        let value = value.get();
        if !was_edited.replace(false) && shown.value() != value {
            shown.set_value(&value);
        }
    });
    let input = input.clone();
    add_listener(node, "input", Box::new(move |_| value.set(input.value())));
}

/// Removes the listener from its node on drop, so that a late event cannot call a dropped closure.
struct Listener {
    node: web_sys::Element,
    event: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.node.remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref());
    }
}

fn add_listener(node: &web_sys::Element, event: &'static str, handler: Handler) {
    let closure = Closure::wrap(handler as Box<dyn FnMut(web_sys::Event)>);
    let _ = node.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    StoredValue::new_local(Listener { node: node.clone(), event, closure });
}

/// Runs `act` now and whenever a signal that it reads changes, until the owner is disposed.
fn effect(act: impl Fn() + 'static) {
    fn boxed(act: Box<dyn Fn()>) {
        StoredValue::new_local(RenderEffect::new(move |_: Option<()>| act()));
    }
    boxed(Box::new(act));
}

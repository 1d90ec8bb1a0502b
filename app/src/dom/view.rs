//! Implements Leptos' view traits for [`Element`], so that it can be an island's root or be used inside `view!`.

use super::element::Element;
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::CastFrom;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

impl Render for Element {
    type State = web_sys::Element;

    fn build(self) -> Self::State {
        self.create_node()
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut new = self.create_node();
        Mountable::insert_before_this(state, &mut new);
        state.unmount();
        *state = new;
    }
}

impl AddAnyAttr for Element {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        leptos::prelude::untrack(|| self.write_html(html));
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        let node = web_sys::Element::cast_from(cursor.current()).expect("the server wrote this island's element");
        self.hydrate_node(node)
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}

//! The island around each form about keys. Without it the form is posted to its page; with it, the form is checked while
//! it is filled, and sent by the server function, so that nothing reloads and an expired session or a dead server loses
//! nothing. The fields themselves are server-rendered children.

use super::FormFields;
use super::form_fields::{PRIVILEGE, START};
use super::form_state::FormState;
use super::reveal::Reveal;
use super::server::{KeyFormAnswer, submit_key_form};
use crate::AppError;
use crate::access::ReauthenticationDialog;
use crate::browser;
use domain::form::{CheckContext, FieldErrors};
use domain::policy::Policy;
use domain::privilege::Catalogue;
use domain::time::Millis;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, KeyboardEvent, MouseEvent, SubmitEvent};

/// How the key editor is checked before it is sent.
#[derive(Clone, Serialize, Deserialize)]
pub struct EditorCheck {
    /// The operator's policy.
    pub policy: Policy,
    /// Expiry and privileges of the edited key; none for a new one.
    pub stored: Option<(Option<Millis>, String)>,
}

/// Wraps a dialog that contains one form.
#[island]
pub fn EnhancedForm(
    /// How the form is checked before it is sent.
    check: Option<EditorCheck>,
    /// Under which name what is typed is kept until it is saved or cancelled; empty for not at all.
    draft: String,
    /// The id of the control that opened the dialog, which is focused when it closes.
    opener: String,
    /// The member's email, for signing in again.
    email: String,
    /// The page that opens after the reveal.
    next: String,
    /// The dialog.
    children: Children,
) -> impl IntoView {
    let state = FormState::new();
    provide_context(state);
    let wrapper = NodeRef::<leptos::html::Div>::new();
    let form = Form {
        state,
        check: StoredValue::new(check),
        draft: StoredValue::new(draft),
        left: StoredValue::new(Vec::new()),
        wrapper,
    };
    Effect::new(move |_| {
        browser::remember_focus(&opener);
        // The islands inside must find what the server rendered, so they are hydrated before a draft is filled in.
        set_timeout(move || form.restore_draft(), Duration::ZERO);
        // The focus may be outside: a click on plain text moves it to the page.
        window_event_listener(leptos::ev::keydown, move |event| form.close_on_escape(&event));
    });
    Effect::new(move |_| form.mark_invalid());
    let (next, email) = (StoredValue::new(next), StoredValue::new(email));
    let reveal = move || {
        let revealed = state.revealed.get();
        revealed.map(|revealed| view! { <Reveal revealed next=next.get_value() /> })
    };
    view! {
        <div
            class="contents"
            node_ref=wrapper
            hidden=move || state.revealed.with(Option::is_some)
            inert=move || state.signed_out.get()
            on:submit=move |event| form.on_submit(&event)
            on:input=move |_| form.on_input()
            on:change=move |event| form.on_change(&event)
            on:keydown=|event| press_link(&event)
            on:click=move |event| form.on_click(&event)
        >
            {children()}
        </div>
        <ReauthenticationDialog
            shown=state.signed_out
            on_done=move |()| form.continue_signed_in()
            on_cancel=move |()| form.stay_signed_out()
            email=email.get_value()
        />
        {reveal}
    }
}

/// The island's state and its form.
#[derive(Clone, Copy)]
struct Form {
    state: FormState,
    check: StoredValue<Option<EditorCheck>>,
    draft: StoredValue<String>,
    /// The fields whose messages are shown: those that were left after a change, and those that were refused.
    left: StoredValue<Vec<String>>,
    wrapper: NodeRef<leptos::html::Div>,
}

impl Form {
    /// Sends the form that was refused without a session.
    fn continue_signed_in(self) {
        self.state.signed_out.set(false);
        self.send_again();
    }

    fn stay_signed_out(self) {
        self.state.signed_out.set(false);
        self.state.message.set(Some(AppError::SignedOut.message()));
    }

    fn find(self, selector: &str) -> Option<Element> {
        self.wrapper.get_untracked()?.query_selector(selector).ok().flatten()
    }

    fn element(self) -> Option<HtmlFormElement> {
        self.find("form")?.dyn_into().ok()
    }

    fn on_input(self) {
        let Some(form) = self.element() else { return };
        let fields = browser::read_form(&form, None);
        self.draft.with_value(|name| {
            if !name.is_empty() {
                browser::store_item(name, &leptos::serde_json::to_string(&fields).unwrap_or_default());
            }
        });
        self.show_fields(&form, fields);
        if self.state.errors.with_untracked(|errors| errors.as_ref().is_some_and(|errors| !errors.0.is_empty())) {
            self.check_left();
        }
    }

    /// A limit is checked as soon as its field is left. A message at another field would move what is about to be clicked.
    fn on_change(self, event: &Event) {
        self.on_input();
        let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(id) =
            control.filter(|control| control.matches("#limits *").unwrap_or(false)).map(|control| control.id())
        else {
            return;
        };
        let field = match &*id {
            "expires_at" => "expires".to_owned(),
            "refill" => "uses".to_owned(),
            _ => id,
        };
        self.left.update_value(|left| left.push(field));
        self.check_left();
    }

    /// Shows the messages of the fields that were left.
    fn check_left(self) {
        let Self { state, left, .. } = self;
        if self.check.with_value(Option::is_none) {
            return;
        }
        let mut errors = state.fields.with_untracked(|fields| self.check(fields)).err().unwrap_or_default();
        left.with_value(|left| errors.0.retain(|error| left.contains(&error.field)));
        if !errors.0.is_empty() || state.errors.with_untracked(Option::is_some) {
            state.errors.set(Some(errors));
        }
    }

    /// Marks the fields that have a message.
    fn mark_invalid(self) {
        let Some(errors) = self.state.errors.get() else { return };
        self.left.update_value(|left| left.extend(errors.0.iter().map(|error| error.field.clone())));
        if let Some(form) = self.element() {
            browser::mark_invalid(&form, |name| errors.get(name.strip_suffix("_at").unwrap_or(name)).is_some());
        }
    }

    /// Fills in what was typed before the dialog was closed, unless something is typed already.
    fn restore_draft(self) {
        let Some(form) = self.element() else { return };
        let stored = self.draft.with_value(|name| browser::load_item(name).filter(|_| !name.is_empty()));
        if let Some(fields) = stored.and_then(|stored| leptos::serde_json::from_str::<FormFields>(&stored).ok())
            && browser::is_pristine(&form)
        {
            browser::fill_form(&form, &fields);
        }
        if browser::is_pristine(&form) {
            self.show_fields(&form, browser::read_form(&form, None));
        } else {
            self.on_input();
        }
    }

    /// Single privileges are pointless beside *All privileges*.
    fn show_fields(self, form: &HtmlFormElement, fields: FormFields) {
        browser::set_disabled(form, PRIVILEGE, fields.is_ticked("all_privileges"));
        self.state.fields.set(fields);
    }

    fn forget_draft(self) {
        self.draft.with_value(|name| browser::remove_item(name));
    }

    fn on_submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let Some(form) = self.element() else { return };
        let fields = browser::read_form(&form, Some(event));
        match fields.get("do").strip_prefix(START) {
            Some(template) => self.fill_template(&form, &fields, template),
            None => self.send(fields),
        }
    }

    /// Replaces the chosen privileges by those of a template.
    fn fill_template(self, form: &HtmlFormElement, fields: &FormFields, id: &str) {
        let offered = self.check.with_value(|check| check.as_ref().map(|check| check.policy.offered_templates()));
        if let Some(template) = offered.into_iter().flatten().find(|template| template.id == id) {
            browser::fill_form(form, &fields.with_template(&template));
            self.on_input();
        }
    }

    /// Sends once more what was refused because the session had ended.
    fn send_again(self) {
        self.send(self.state.fields.get_untracked());
    }

    fn send(self, fields: FormFields) {
        let Self { state, .. } = self;
        if state.busy.get_untracked() {
            return;
        }
        state.fields.set(fields.clone());
        if let Err(errors) = self.check(&fields) {
            state.message.set(None);
            return state.show_errors(errors);
        }
        state.begin();
        spawn_local(async move {
            let answer = submit_key_form(fields).await;
            // The page is being left, so the button stays busy.
            let is_leaving = matches!(answer, Ok(KeyFormAnswer::Done { .. }));
            state.busy.set(is_leaving);
            match answer {
                Ok(KeyFormAnswer::Done { location }) => {
                    self.forget_draft();
                    browser::replace_page(&location);
                }
                Ok(KeyFormAnswer::Revealed(revealed)) => {
                    self.forget_draft();
                    state.revealed.set(Some(*revealed));
                }
                Ok(KeyFormAnswer::Explained(explanation)) => state.explanation.set(Some(explanation)),
                Err(problem) => {
                    // An old explanation must not stand beside a new call.
                    state.explanation.set(None);
                    state.show_problem(problem);
                }
            }
        });
    }

    /// Checks the key editor with the server's own rules.
    fn check(self, fields: &FormFields) -> Result<(), FieldErrors> {
        self.check.with_value(|check| {
            let Some(EditorCheck { policy, stored }) = check else { return Ok(()) };
            let (form, catalogue) = (fields.key_form(), Catalogue::from_validated(policy.modules.clone()));
            let context = |expires_at| CheckContext { now: browser::now(), expires_at };
            let checked = match stored {
                Some((expires_at, privileges)) => {
                    form.check_update(policy, &catalogue, context(*expires_at), privileges)
                }
                None => form.check(policy, &catalogue, context(None)),
            };
            checked.map(drop)
        })
    }

    /// Escape closes the dialog, unless it is for what is above: the new key, or signing in again.
    fn close_on_escape(self, event: &KeyboardEvent) {
        let Self { state, .. } = self;
        let is_below = state.revealed.with_untracked(Option::is_some) || state.signed_out.get_untracked();
        if event.key() == "Escape"
            && !event.default_prevented()
            && !event.is_composing()
            && !is_below
            && !state.busy.get_untracked()
        {
            self.close();
        }
    }

    /// Cancelling drops the draft.
    fn on_click(self, event: &MouseEvent) {
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if link.is_some_and(|link| link.matches("[data-cancel]").unwrap_or(false)) {
            self.forget_draft();
        }
    }

    fn close(self) {
        if let Some(link) = self.find("[data-close]").and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            link.click();
        }
    }
}

/// The space bar presses a link that acts as a button.
fn press_link(event: &KeyboardEvent) {
    let link = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if event.key() == " "
        && let Some(link) = link.filter(|link| link.matches("a[role=button]").unwrap_or(false))
    {
        event.prevent_default();
        link.click();
    }
}

//! "Test this key": a call that somebody thinks of, and what the gate would answer to it, check by check.

use super::around::Around;
use super::environment::mark;
use super::place::{Navigator, Place};
use super::row::menu_button_id;
use super::server::{TestForm, explain_key};
use crate::AppError;
use crate::access::reauthentication_dialog;
use crate::dom::{Element, Text, el};
use crate::parts::{Dialog, alert, field, link_button, number, select, show_field_errors, submit};
use domain::explain::{CheckResult, Explanation};
use domain::form::FieldErrors;
use domain::policy::Policy;
use domain::privilege::action_label;
use domain::verdict::VerdictCode;
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is typed here. It stays while the page is open, so that a mended key is tested by the same call.
#[derive(Clone, Copy)]
pub(super) struct TestDraft {
    address: RwSignal<String>,
    privilege: RwSignal<String>,
    channel: RwSignal<String>,
    cost: RwSignal<String>,
}

impl TestDraft {
    pub(super) fn new(my_address: Option<&str>) -> Self {
        Self {
            address: RwSignal::new(my_address.unwrap_or_default().to_owned()),
            privilege: RwSignal::new(String::new()),
            channel: RwSignal::new(String::new()),
            cost: RwSignal::new("1".to_owned()),
        }
    }

    fn form(self) -> TestForm {
        TestForm {
            address: self.address.get_untracked(),
            privilege: self.privilege.get_untracked(),
            channel: self.channel.get_untracked(),
            cost: self.cost.get_untracked(),
        }
    }
}

/// The slider.
pub(super) fn tester(key: &KeyView, draft: TestDraft, around: Around) -> Element {
    let Around { policy, may_manage, awake, navigator, .. } = around;
    let errors = RwSignal::new(FieldErrors::default());
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let answer = RwSignal::new(None::<Explanation>);
    let id = StoredValue::new(key.id.clone());
    let ask = move || {
        if busy.get_untracked() {
            return;
        }
        message.set(None);
        errors.set(FieldErrors::default());
        busy.set(true);
        spawn_local(async move {
            let Some(id) = id.try_get_value() else { return };
            let outcome = explain_key(id, draft.form()).await;
            let _ = busy.try_set(false);
            // An old answer beside a new question would be read as its answer.
            let _ = answer.try_set(None);
            match outcome {
                Ok(found) => drop(answer.try_set(Some(found))),
                Err(AppError::Invalid(found)) => show_field_errors(errors, found),
                Err(AppError::SignedOut) => drop(signed_out.try_set(true)),
                Err(problem) => drop(message.try_set(Some(problem.message()))),
            }
        });
    };
    let answered = move || {
        let edit = may_manage.then(|| id.try_get_value().map(Place::Edit)).flatten();
        answer.with(|found| found.as_ref().map(|found| shown(found, edit, navigator)))
    };
    let who = el("p").child(el("strong").child(key.name.clone())).child(" ");
    let body = el("div")
        .class("slider-body")
        .child(alert(message))
        .child(who.child(el("span").class("mono").child(key.masked.clone())))
        .child(question(draft, policy, errors))
        .child(el("div").attr("role", "status").live_if(answered));
    let foot = el("footer")
        .class("slider-foot")
        .child(el("noscript").child("Testing needs JavaScript and WebAssembly."))
        .child(link_button("button", navigator.address(&Place::List), move || navigator.close()).child("Done"))
        .child(
            submit("button primary")
                .live_flag("disabled", move || !awake.get() || busy.get())
                .live_text(move || if busy.get() { "Testing…" } else { "Test" }),
        );
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        ask();
    };
    let form = el("form").class("slider-form").attr("novalidate", "").on("submit", send).child(body).child(foot);
    let dialog = Dialog {
        title: "Test API key",
        title_id: "test-api-key",
        mark: mark(key.environment),
        home: menu_button_id(&key.id),
        class: "slider",
        veil_closes: true,
        locked: Signal::stored(false),
        on_close: Callback::new(move |()| navigator.close()),
    };
    let on_signed_in = Callback::new(move |()| {
        signed_out.set(false);
        ask();
    });
    let on_cancel = Callback::new(move |()| signed_out.set(false));
    el("div").child(dialog.view().child(form)).child(reauthentication_dialog(signed_out, on_signed_in, on_cancel))
}

fn question(draft: TestDraft, policy: StoredValue<Policy>, errors: RwSignal<FieldErrors>) -> Element {
    let address = el("input")
        .class("input mono")
        .attr("id", "address")
        .attr("type", "text")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .typed(draft.address);
    let none = || (Text::from(""), Text::from("None"));
    let (mut privileges, mut channels) = (vec![none()], vec![none()]);
    policy.with_value(|policy| {
        for module in &policy.modules {
            for action in &module.actions {
                let label = format!("{}: {}", module.label, action_label(action));
                privileges.push((format!("{}:{action}", module.id).into(), label.into()));
            }
        }
        for channel in &policy.channels {
            channels.push((channel.as_str().into(), channel.as_str().into()));
        }
    });
    let choice = |id, label: &'static str, choice: Element| {
        el("div").class("field").child(el("label").attr("for", id).child(label)).child(choice)
    };
    el("div")
        .class("stack")
        .child(field(
            el("label").attr("for", "address").child("Address"),
            address,
            "address",
            "Where the call would come from.",
            errors,
        ))
        .child(choice("privilege", "Privilege", select("privilege", privileges, draft.privilege)))
        .child(
            el("div")
                .class("columns")
                .child(choice("channel", "Channel", select("channel", channels, draft.channel)))
                .child(number("cost", "Cost", "", draft.cost, errors)),
        )
}

fn shown(found: &Explanation, edit: Option<Place>, navigator: Navigator) -> Element {
    let (class, verdict) = match found.code {
        VerdictCode::Valid => ("verdict ok", "✓ Let in".to_owned()),
        code => ("verdict bad", format!("✕ Refused: {}", code.as_str())),
    };
    let advice = found.advice.clone().map(|advice| {
        let edit = edit.map(|place| {
            let address = navigator.address(&place);
            link_button("button", address, move || navigator.open(place.clone())).child("Edit Key")
        });
        el("div").class("note warn advice").child(el("p").child(advice)).children(edit)
    });
    el("div")
        .class("answer")
        .child(el("p").class(class).child(verdict))
        .child(el("p").child(found.code.explain()))
        .children(advice)
        .child(el("ol").class("checks").children(found.checks.iter().map(check)))
}

fn check(check: &CheckResult) -> Element {
    let (class, sign, outcome) = if check.passed { ("ok", "✓", "passed") } else { ("bad", "✕", "failed") };
    let head = el("p")
        .child(el("span").class("tick").attr("aria-hidden", "true").child(sign))
        .child(el("strong").child(check.name.clone()))
        .child(" ")
        .child(el("span").class("outcome").child(outcome));
    el("li").class(class).child(head).child(el("p").class("finding").child(check.finding.clone()))
}

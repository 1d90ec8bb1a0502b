//! "Test this key": describes a call, and explains check by check how the gate would answer it.

use super::dialog_context::DialogContext;
use super::element_ids::menu_button_id;
use super::environment_field::environment_badge;
use super::form_state::FormState;
use super::navigator::Navigator;
use super::overlay::Overlay;
use super::server::{ExplainForm, explain_key};
use crate::components::{Dialog, alert, field, link_button, number_field, select, submit};
use crate::dom::{Element, Text, el};
use domain::explain::{CheckResult, Explanation};
use domain::form::FieldErrors;
use domain::policy::Policy;
use domain::privilege::action_label;
use domain::verdict::VerdictCode;
use domain::views::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The call as typed. Kept while the page is open, so that a corrected key can be tested with the same call.
#[derive(Clone, Copy)]
pub(super) struct ExplainDraft {
    address: RwSignal<String>,
    privilege: RwSignal<String>,
    channel: RwSignal<String>,
    cost: RwSignal<String>,
}

impl ExplainDraft {
    pub(super) fn new(my_address: Option<&str>) -> Self {
        Self {
            address: RwSignal::new(my_address.unwrap_or_default().to_owned()),
            privilege: RwSignal::new(String::new()),
            channel: RwSignal::new(String::new()),
            cost: RwSignal::new("1".to_owned()),
        }
    }

    fn form(self) -> ExplainForm {
        ExplainForm {
            address: self.address.get_untracked(),
            privilege: self.privilege.get_untracked(),
            channel: self.channel.get_untracked(),
            cost: self.cost.get_untracked(),
        }
    }
}

/// The panel.
pub(super) fn explain_panel(key: &KeyView, draft: ExplainDraft, context: DialogContext) -> Element {
    let DialogContext { policy, may_manage, navigator, .. } = context;
    let form = FormState::new();
    let explanation = RwSignal::new(None::<Explanation>);
    let id = StoredValue::new(key.id.clone());
    let explain = move || {
        if form.busy.get_untracked() {
            return;
        }
        form.begin();
        spawn_local(async move {
            let Some(id) = id.try_get_value() else { return };
            let outcome = explain_key(id, draft.form()).await;
            // On failure too: an old explanation must not stand beside a new call.
            let _ = explanation.try_set(outcome.as_ref().ok().cloned());
            form.end(outcome.err());
        });
    };
    let result = move || {
        let edit = may_manage.then(|| id.try_get_value().map(Overlay::Edit)).flatten();
        explanation.with(|found| found.as_ref().map(|found| render_explanation(found, edit, navigator)))
    };
    let name_line = el("p").child(el("strong").child(key.name.clone())).child(" ");
    let body = el("div")
        .class("slider-body")
        .child(alert(form.message))
        .child(name_line.child(el("span").class("mono").child(key.masked.clone())))
        .child(call_fields(draft, policy, form.errors))
        .child(el("div").attr("role", "status").bind_child(result));
    let on_submit = move |event: web_sys::Event| {
        event.prevent_default();
        explain();
    };
    let element = el("form").class("slider-form").attr("novalidate", "").on("submit", on_submit);
    let dialog = Dialog {
        title: "Test API key",
        title_id: "test-api-key",
        badge: environment_badge(key.environment),
        return_focus: menu_button_id(&key.id),
        class: "slider",
        close_on_backdrop: true,
        locked: Signal::stored(false),
        on_close: Callback::new(move |()| navigator.close()),
    };
    el("div")
        .child(dialog.view().child(element.child(body).child(footer(form.busy, context))))
        .child(form.sign_in_again(explain, Callback::new(|()| ())))
}

fn footer(busy: RwSignal<bool>, context: DialogContext) -> Element {
    let DialogContext { hydrated, navigator, .. } = context;
    let done = link_button("button", navigator.overlay_url(&Overlay::Closed), move || navigator.close());
    let test = submit("button primary")
        .bind_flag("disabled", move || !hydrated.get() || busy.get())
        .bind_text(move || if busy.get() { "Testing…" } else { "Test" });
    el("footer")
        .class("slider-foot")
        .child(el("noscript").child("Testing needs JavaScript and WebAssembly."))
        .child(done.child("Done"))
        .child(test)
}

fn call_fields(draft: ExplainDraft, policy: StoredValue<Policy>, errors: RwSignal<FieldErrors>) -> Element {
    let address = el("input")
        .class("input mono")
        .attr("id", "address")
        .attr("type", "text")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .bind_value(draft.address);
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
    let labelled = |id, label: &'static str, select: Element| {
        el("div").class("field").child(el("label").attr("for", id).child(label)).child(select)
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
        .child(labelled("privilege", "Privilege", select("privilege", privileges, draft.privilege)))
        .child(
            el("div")
                .class("columns")
                .child(labelled("channel", "Channel", select("channel", channels, draft.channel)))
                .child(number_field("cost", "Cost", "", draft.cost, errors)),
        )
}

fn render_explanation(found: &Explanation, edit: Option<Overlay>, navigator: Navigator) -> Element {
    let (class, verdict) = match found.code {
        VerdictCode::Valid => ("verdict ok", "✓ Allowed".to_owned()),
        code => ("verdict bad", format!("✕ Refused: {}", code.as_str())),
    };
    let advice = found.advice.clone().map(|advice| {
        let edit = edit.map(|overlay| {
            let url = navigator.overlay_url(&overlay);
            link_button("button", url, move || navigator.open(overlay.clone())).child("Edit Key")
        });
        el("div").class("note warn advice").child(el("p").child(advice)).children(edit)
    });
    el("div")
        .class("answer")
        .child(el("p").class(class).child(verdict))
        .child(el("p").child(found.code.explain()))
        .children(advice)
        .child(el("ol").class("checks").children(found.checks.iter().map(check_line)))
}

fn check_line(check: &CheckResult) -> Element {
    let (class, sign, outcome) = if check.passed { ("ok", "✓", "passed") } else { ("bad", "✕", "failed") };
    let head = el("p")
        .child(el("span").class("tick").attr("aria-hidden", "true").child(sign))
        .child(el("strong").child(check.name.clone()))
        .child(" ")
        .child(el("span").class("outcome").child(outcome));
    el("li").class(class).child(head).child(el("p").class("finding").child(check.finding.clone()))
}

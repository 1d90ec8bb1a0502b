//! "Test this key": describes a call; the gate's answer to it is explained check by check. Server only.

use super::dialog_context::{DialogContext, refused_form};
use super::element_ids::menu_button_id;
use super::enhanced_form::EnhancedForm;
use super::frame::{DialogFrame, HiddenFields};
use super::islands::{ExplanationView, FieldError, FormMessage, SubmitButton};
use super::select::{Options, Select};
use crate::forms::FormOutcome;
use crate::text::explain as text;
use domain::policy::Policy;
use domain::privilege::action_label;
use domain::views::KeyView;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn ExplainPanel(key: KeyView, edit: String, context: DialogContext) -> impl IntoView {
    let (typed, outcome) = refused_form(&["test"]).unwrap_or_default();
    let (close, next) = (context.close.clone(), context.close.clone());
    let explanation = outcome.explanation.clone();
    view! {
        <EnhancedForm
            check=None
            draft=format!("test {}", context.account)
            opener=menu_button_id(&key.id)
            email=context.email.clone()
            next=next.clone()
        >
            <DialogFrame class="slider" title=text::title().to_owned() environment=Some(key.environment) close=close.clone()>
                <form class="slider-form" method="post" action=context.url.clone() novalidate>
                    <HiddenFields account=context.account.clone() next id=key.id.clone() />
                    <div class="slider-body">
                        <FormMessage message=outcome.problem.clone().unwrap_or_default() />
                        <p><strong>{key.name.clone()}</strong>" "<span class="mono">{key.masked.clone()}</span></p>
                        <CallFields context=context.clone() typed outcome />
                        <ExplanationView explanation edit />
                    </div>
                    <footer class="slider-foot">
                        <a class="button" role="button" href=close>{text::done()}</a>
                        <SubmitButton
                            form="test".to_owned()
                            label=text::test().to_owned()
                            busy_label=text::testing().to_owned()
                            class="button primary".to_owned()
                        />
                    </footer>
                </form>
            </DialogFrame>
        </EnhancedForm>
    }
}

/// Address, privilege, channel and cost of the call.
#[component]
fn CallFields(context: DialogContext, typed: super::FormFields, outcome: FormOutcome) -> impl IntoView {
    let is_typed = !typed.0.is_empty();
    let address = if is_typed { typed.get("address").to_owned() } else { context.my_address.clone() };
    let cost = if is_typed { typed.get("cost").to_owned() } else { "1".to_owned() };
    let error = |field: &str| outcome.errors.get(field).unwrap_or_default().to_owned();
    let (privileges, channels) = choices(&context.policy);
    view! {
        <div class="stack">
            <div class="field">
                <label for="address">{text::address()}</label>
                <input
                    class="input mono"
                    id="address"
                    name="address"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    autofocus
                    aria-describedby="address-error address-hint"
                    value=address
                />
                <FieldError field="address".to_owned() error=error("address") />
                <p class="hint" id="address-hint">{text::address_hint()}</p>
            </div>
            {select("privilege", text::privilege(), privileges, typed.get("privilege"))}
            <div class="columns">
                {select("channel", text::channel(), channels, typed.get("channel"))}
                <div class="field">
                    <label for="cost">{text::cost()}</label>
                    <input
                        class="input"
                        id="cost"
                        name="cost"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-describedby="cost-error"
                        value=cost
                    />
                    <FieldError field="cost".to_owned() error=error("cost") />
                </div>
            </div>
        </div>
    }
}

fn select(name: &'static str, label: &'static str, options: Options, chosen: &str) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <Select name options chosen=chosen.to_owned() />
        </div>
    }
}

/// The privileges and the channels, each with "None".
fn choices(policy: &Policy) -> (Options, Options) {
    let none = || (String::new(), text::none().to_owned());
    let (mut privileges, mut channels) = (vec![none()], vec![none()]);
    for module in &policy.modules {
        for action in &module.actions {
            let label = format!("{}: {}", module.label, action_label(action));
            privileges.push((format!("{}:{action}", module.id), label));
        }
    }
    channels.extend(policy.channels.iter().map(|channel| (channel.as_str().to_owned(), channel.as_str().to_owned())));
    (privileges, channels)
}

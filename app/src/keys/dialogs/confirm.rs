//! The confirmation of an act on one key or several.

use super::evidence::{Evidence, OldSecretUse};
use crate::keys::dialog_context::{DialogContext, refused_form};
use crate::keys::element_ids::menu_button_id;
use crate::keys::enhanced_form::EnhancedForm;
use crate::keys::form_fields::KEY;
use crate::keys::frame::{DialogFrame, HiddenFields};
use crate::keys::islands::{FieldError, FormMessage, SubmitButton};
use crate::text::dialogs as text;
use domain::evidence::Evidence as KeyEvidence;
use domain::lifecycle::DELETE_REASON_MAX;
use domain::time::Millis;
use domain::views::KeyView;
use i18n::TextPart;
use leptos::prelude::*;

/// How many keys the confirmation lists by name.
const NAMED_KEYS: usize = 3;

/// An act that is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Refuse the keys' calls until they are enabled.
    Disable,
    /// Lift `Disable`.
    Enable,
    /// End the old secret of a rotated key early.
    EndOverlap,
    /// Delete the keys for good.
    Delete,
}

/// The words of an act.
struct Words {
    /// The name of its form.
    form: &'static str,
    title: &'static str,
    button: &'static str,
    /// What happens to one key.
    effect: &'static str,
    /// What happens to several.
    effect_many: &'static str,
}

impl Act {
    fn words(self) -> Words {
        let [form, title, button, effect, effect_many] = match self {
            Self::Disable => {
                ["disable", text::disable_title(), text::disable(), text::disable_effect(), text::disable_effect_many()]
            }
            Self::Enable => {
                ["enable", text::enable_title(), text::enable(), text::enable_effect(), text::enable_effect_many()]
            }
            Self::EndOverlap => ["end-overlap", text::end_overlap_title(), text::end_overlap(), "", ""],
            Self::Delete => {
                ["delete", text::delete_title(), text::delete(), text::delete_effect(), text::delete_effect_many()]
            }
        };
        Words { form, title, button, effect, effect_many }
    }

    fn is_irreversible(self) -> bool {
        matches!(self, Self::EndOverlap | Self::Delete)
    }
}

/// The dialog.
#[component]
pub fn ConfirmActDialog(act: Act, keys: Vec<KeyView>, context: DialogContext) -> impl IntoView {
    let Words { form, title, button, .. } = act.words();
    let outcome = refused_form(&[form]).map(|(_, outcome)| outcome).unwrap_or_default();
    let single = if let [key] = &*keys { Some(key.clone()) } else { None };
    let opener = keys.first().map(|key| menu_button_id(&key.id)).unwrap_or_default();
    let class = if act.is_irreversible() { "button danger" } else { "button primary" };
    let (close, next) = (context.close.clone(), context.close.clone());
    view! {
        <EnhancedForm
            check=None
            draft=String::new()
            opener
            email=context.email.clone()
            next=next.clone()
        >
            <DialogFrame
                class="dialog"
                title=title.to_owned()
                environment=single.as_ref().map(|key| key.environment)
                close=close.clone()
            >
                <form method="post" action=context.url.clone() novalidate class="stack">
                    <HiddenFields
                        account=context.account.clone()
                        next=next.clone()
                        id=single.as_ref().map(|key| key.id.clone()).unwrap_or_default()
                    />
                    {(single.is_none()).then(|| key_boxes(&keys))}
                    <FormMessage message=outcome.problem.clone().unwrap_or_default() />
                    {evidence(act, &keys, context.now)}
                    {question(act, &keys)}
                    {(act == Act::Delete).then(|| view! { <DeleteFields keys=keys.clone() context=context.clone() /> })}
                    <div class="actions end">
                        <a class="button" role="button" href=close autofocus data-cancel>{text::cancel()}</a>
                        <SubmitButton
                            form=form.to_owned()
                            label=button.to_owned()
                            busy_label=text::busy().to_owned()
                            class=class.to_owned()
                        />
                    </div>
                </form>
            </DialogFrame>
        </EnhancedForm>
    }
}

/// The hidden fields of several keys, as if they were ticked.
fn key_boxes(keys: &[KeyView]) -> impl IntoView + use<> {
    let field = |key: &KeyView| view! { <input type="hidden" name=format!("{KEY}{}", key.id) value="on" /> };
    keys.iter().map(field).collect_view()
}

/// What is known of the use that the act would stop.
fn evidence(act: Act, keys: &[KeyView], now: Millis) -> AnyView {
    match (act, keys) {
        (Act::Disable | Act::Delete, keys) => view! { <Evidence keys=keys.to_vec() now /> }.into_any(),
        (Act::EndOverlap, [key]) => view! { <OldSecretUse key=key.clone() now /> }.into_any(),
        _ => ().into_any(),
    }
}

fn question(act: Act, keys: &[KeyView]) -> impl IntoView + use<> {
    let Words { effect, effect_many, .. } = act.words();
    let [key] = keys else {
        let names: Vec<&str> = keys.iter().take(NAMED_KEYS).map(|key| key.name.as_str()).collect();
        let names = text::names(&names, keys.len().saturating_sub(NAMED_KEYS));
        return view! {
            <p>
                <strong>{text::keys(keys.len())}</strong>
                {names}
            </p>
            <p>{effect_many}</p>
        }
        .into_any();
    };
    match key.old_secret_until.filter(|_| act == Act::EndOverlap) {
        Some(until) => view! { <p>{about_key(text::end_overlap_effect(&key.name, until), key)}</p> }.into_any(),
        None => view! { <p>{name_and_mask(key)}</p><p>{effect}</p> }.into_any(),
    }
}

/// A sentence whose argument is the key.
pub(super) fn about_key(sentence: Vec<TextPart>, key: &KeyView) -> impl IntoView + use<> {
    let part = |TextPart { text, is_argument }| {
        if is_argument { name_and_mask(key).into_any() } else { text.into_any() }
    };
    sentence.into_iter().map(part).collect_view()
}

/// A key's name and its masked value, so that the right key is recognized.
fn name_and_mask(key: &KeyView) -> impl IntoView + use<> {
    view! {
        <strong>{key.name.clone()}</strong>
        " ("
        <span class="mono">{key.masked.clone()}</span>
        ")"
    }
}

/// The optional reason; and for a key in use the gentler way out, and its name to type.
#[component]
fn DeleteFields(keys: Vec<KeyView>, context: DialogContext) -> impl IntoView {
    let (typed, outcome) = refused_form(&["delete"]).unwrap_or_default();
    let in_use =
        if let [key] = &*keys { Some(key).filter(|key| KeyEvidence::of(key, context.now).is_in_use) } else { None };
    let gentler = in_use.filter(|key| key.enabled).map(|key| {
        let href = with_overlay(&context.close, &format!("disable={}", key.id));
        view! {
            <p class="note">
                {text::disable_first()}
                " "
                <a href=href>{text::disable_instead()}</a>
            </p>
        }
    });
    let confirm_name = in_use.map(|key| {
        let error = outcome.errors.get("confirm_name").unwrap_or_default().to_owned();
        view! {
            <div class="field">
                <label for="confirm_name">{text::confirm_name(&key.name)}</label>
                <input
                    class="input"
                    id="confirm_name"
                    name="confirm_name"
                    type="text"
                    autocomplete="off"
                    aria-describedby="confirm_name-error confirm_name-hint"
                    value=typed.get("confirm_name").to_owned()
                />
                <FieldError field="confirm_name".to_owned() error />
                <p class="hint" id="confirm_name-hint">{text::confirm_name_hint()}</p>
            </div>
        }
    });
    let error = outcome.errors.get("reason").unwrap_or_default().to_owned();
    view! {
        {gentler}
        <div class="field">
            <label for="reason">{text::reason()}</label>
            <input
                class="input"
                id="reason"
                name="reason"
                type="text"
                maxlength=DELETE_REASON_MAX
                autocomplete="off"
                aria-describedby="reason-error reason-hint"
                value=typed.get("reason").to_owned()
            />
            <FieldError field="reason".to_owned() error />
            <p class="hint" id="reason-hint">{text::reason_hint()}</p>
        </div>
        {confirm_name}
    }
}

/// The URL of another dialog over the same page.
fn with_overlay(page: &str, overlay: &str) -> String {
    format!("{page}{}{overlay}", if page.contains('?') { '&' } else { '?' })
}

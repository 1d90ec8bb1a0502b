//! "Rotate Key": a new secret for the same key, and how long the old one keeps working (the overlap).

use super::confirm::about_key;
use super::evidence::{Evidence, OldSecretUse};
use crate::keys::dialog_context::{DialogContext, refused_form};
use crate::keys::element_ids::menu_button_id;
use crate::keys::enhanced_form::EnhancedForm;
use crate::keys::form_fields::ON_A_DATE;
use crate::keys::frame::{DialogFrame, HiddenFields};
use crate::keys::islands::{FieldError, FormMessage, SubmitButton};
use crate::text::Text;
use crate::text::dialogs as text;
use domain::lifecycle::RotateForm;
use domain::views::KeyView;
use leptos::prelude::*;

const CHOICES: [(&str, Text); 5] = [
    ("none", text::overlap_none),
    ("1h", text::overlap_1h),
    ("24h", text::overlap_24h),
    ("7d", text::overlap_7d),
    (ON_A_DATE, text::overlap_date),
];

/// The dialog.
#[component]
pub fn RotateDialog(key: KeyView, context: DialogContext) -> impl IntoView {
    let (typed, outcome) = refused_form(&["rotate"]).unwrap_or_default();
    let chosen = match typed.get("overlap") {
        "" => RotateForm::default().overlap,
        typed => typed.to_owned(),
    };
    let revision = typed.get("revision").parse().unwrap_or(key.revision);
    let (close, next) = (context.close.clone(), context.close.clone());
    let again = key.old_secret_until.map(|_| view! { <p class="note warn">{text::rotate_again()}</p> });
    let error = outcome.errors.get("overlap").unwrap_or_default().to_owned();
    view! {
        <EnhancedForm
            check=None
            draft=String::new()
            opener=menu_button_id(&key.id)
            email=context.email.clone()
            next=next.clone()
        >
            <DialogFrame
                class="dialog"
                title=text::rotate_title().to_owned()
                environment=Some(key.environment)
                close=close.clone()
            >
                <form method="post" action=context.url.clone() novalidate class="stack">
                    <HiddenFields account=context.account.clone() next id=key.id.clone() revision=Some(revision) />
                    <FormMessage message=outcome.problem.clone().unwrap_or_default() />
                    <Evidence keys=vec![key.clone()] now=context.now />
                    <p>{about_key(text::rotate_effect(&key.name), &key)}</p>
                    {again}
                    <OldSecretUse key=key.clone() now=context.now />
                    <OverlapField chosen date=typed.get("overlap_at").to_owned() error />
                    <div class="actions end">
                        <a class="button" role="button" href=close data-cancel>{text::cancel()}</a>
                        <SubmitButton
                            form="rotate".to_owned()
                            label=text::rotate().to_owned()
                            busy_label=text::busy().to_owned()
                            class="button primary".to_owned()
                        />
                    </div>
                </form>
            </DialogFrame>
        </EnhancedForm>
    }
}

/// The choice of the overlap. CSS shows the date only while it is chosen.
#[component]
fn OverlapField(chosen: String, date: String, error: String) -> impl IntoView {
    let choice = |(value, label): (&'static str, Text)| {
        let is_chosen = value == chosen;
        view! {
            <label class="check">
                <input type="radio" name="overlap" value=value checked=is_chosen autofocus=is_chosen />
                {label()}
            </label>
        }
    };
    let choices: Vec<_> = CHOICES.into_iter().map(choice).collect();
    view! {
        <div class="field dated" role="radiogroup" aria-labelledby="overlap-title">
            <span class="label" id="overlap-title">{text::overlap()}</span>
            <div class="stack tight">{choices}</div>
            <input
                class="input date"
                id="overlap"
                name="overlap_at"
                type="datetime-local"
                aria-label=text::overlap_until()
                aria-describedby="overlap-error"
                value=date
            />
            <FieldError field="overlap".to_owned() error />
            <p class="hint">{text::overlap_hint()}</p>
        </div>
    }
}

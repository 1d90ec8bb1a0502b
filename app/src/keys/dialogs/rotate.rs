//! "Rotate Key": a new secret for the same key, and how long the old one keeps working (the overlap).

use super::confirm::name_and_mask;
use super::evidence::{Evidence, OldSecretUse};
use crate::keys::dialog_context::{DialogContext, refused_form};
use crate::keys::element_ids::menu_button_id;
use crate::keys::enhanced_form::EnhancedForm;
use crate::keys::form_fields::ON_A_DATE;
use crate::keys::frame::{DialogFrame, HiddenFields};
use crate::keys::islands::{FieldError, FormMessage, SubmitButton};
use crate::text::dialogs as text;
use domain::lifecycle::RotateForm;
use domain::views::KeyView;
use leptos::prelude::*;

const CHOICES: [(&str, &str); 5] = [
    ("none", text::OVERLAP_NONE),
    ("1h", text::OVERLAP_1H),
    ("24h", text::OVERLAP_24H),
    ("7d", text::OVERLAP_7D),
    (ON_A_DATE, text::OVERLAP_DATE),
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
    let again = key.old_secret_until.map(|_| view! { <p class="note warn">{text::ROTATE_AGAIN}</p> });
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
                title=text::ROTATE_TITLE.to_owned()
                environment=Some(key.environment)
                close=close.clone()
            >
                <form method="post" action=context.url.clone() novalidate class="stack">
                    <HiddenFields account=context.account.clone() next id=key.id.clone() revision=Some(revision) />
                    <FormMessage message=outcome.problem.clone().unwrap_or_default() />
                    <Evidence keys=vec![key.clone()] now=context.now />
                    <p>{name_and_mask(&key)}{text::ROTATE_EFFECT}</p>
                    {again}
                    <OldSecretUse key=key.clone() now=context.now />
                    <OverlapField chosen date=typed.get("overlap_at").to_owned() error />
                    <div class="actions end">
                        <a class="button" role="button" href=close data-cancel>{text::CANCEL}</a>
                        <SubmitButton
                            form="rotate".to_owned()
                            label=text::ROTATE.to_owned()
                            busy_label=text::BUSY.to_owned()
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
    let choice = |(value, label): (&'static str, &'static str)| {
        let is_chosen = value == chosen;
        view! {
            <label class="check">
                <input type="radio" name="overlap" value=value checked=is_chosen autofocus=is_chosen />
                {label}
            </label>
        }
    };
    let choices: Vec<_> = CHOICES.into_iter().map(choice).collect();
    view! {
        <div class="field dated" role="radiogroup" aria-labelledby="overlap-title">
            <span class="label" id="overlap-title">{text::OVERLAP}</span>
            <div class="stack tight">{choices}</div>
            <input
                class="input date"
                id="overlap"
                name="overlap_at"
                type="datetime-local"
                aria-label=text::OVERLAP_UNTIL
                aria-describedby="overlap-error"
                value=date
            />
            <FieldError field="overlap".to_owned() error />
            <p class="hint">{text::OVERLAP_HINT}</p>
        </div>
    }
}

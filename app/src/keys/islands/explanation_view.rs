//! How the gate would answer the tested call, check by check.

use crate::keys::form_state::FormState;
use crate::text::explain as text;
use domain::explain::{CheckResult, Explanation};
use domain::verdict::VerdictCode;
use leptos::prelude::*;

/// The latest explanation.
#[island]
pub fn ExplanationView(
    /// The explanation that a plain form asked for.
    explanation: Option<Explanation>,
    /// The URL of the editor, for members who may edit the key; empty for others.
    edit: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let shown = move || match state {
        Some(state) if state.errors.with(Option::is_some) => state.explanation.get(),
        _ => explanation.clone(),
    };
    view! { <div role="status">{move || shown().map(|explanation| explain(explanation, edit.clone()))}</div> }
}

fn explain(found: Explanation, edit: String) -> impl IntoView {
    let Explanation { code, checks, advice } = found;
    let (class, verdict) = match code {
        VerdictCode::Valid => ("verdict ok", text::allowed().to_owned()),
        code => ("verdict bad", text::refused(code)),
    };
    let advice = advice.map(|advice| {
        let edit =
            (!edit.is_empty()).then(|| view! { <a class="button" role="button" href=edit>{text::edit_key()}</a> });
        view! { <div class="note warn advice"><p>{advice}</p>{edit}</div> }
    });
    let checks: Vec<_> = checks.into_iter().map(check_line).collect();
    view! {
        <div class="answer">
            <p class=class>{verdict}</p>
            <p>{code.explain()}</p>
            {advice}
            <ol class="checks">{checks}</ol>
        </div>
    }
}

fn check_line(check: CheckResult) -> impl IntoView {
    let (class, sign, outcome) =
        if check.passed { ("ok", "✓", text::check_passed()) } else { ("bad", "✕", text::check_failed()) };
    view! {
        <li class=class>
            <p>
                <span class="tick" aria-hidden="true">{sign}</span>
                <strong>{check.name}</strong>
                " "
                <span class="outcome">{outcome}</span>
            </p>
            <p class="finding">{check.finding}</p>
        </li>
    }
}

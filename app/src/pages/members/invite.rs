//! The invitation form.

use super::PATH;
use crate::forms::{FormAlert, SelectField, SubmitButton, TextField};
use crate::text::members as text;
use domain::Role;
use leptos::prelude::*;

/// Email and role of the new member. The roles offered are those that `role` may manage.
#[component]
pub fn InviteMemberForm(role: Role) -> impl IntoView {
    let options = Role::ALL.into_iter().rev().filter(|other| role.may_manage(*other));
    let options: Vec<_> = options.map(|role| (role.as_str(), role.label())).collect();
    view! {
        <section class="card pad" aria-labelledby="invite">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="invite">{text::invite_title()}</h2>
                <FormAlert form="invite" />
                <div class="columns dated">
                    <TextField form="invite" name="email" label=text::email() kind="email" hint=text::invite_email_hint() />
                    <SelectField form="invite" name="role" label=text::role() options hint=text::role_hint() />
                </div>
                <div class="actions"><SubmitButton form="invite" label=text::invite() /></div>
            </form>
        </section>
    }
}

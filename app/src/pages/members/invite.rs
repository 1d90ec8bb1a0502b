//! The invitation form, and the new invitation link, which is shown once.

use super::PATH;
use crate::forms::{FormAlert, SelectField, SubmitButton, TextField};
use domain::Role;
use leptos::prelude::*;
use service::secrets::{ExposeSecret, SecretString};

/// Email and role of the new member. The roles offered are those that `role` may manage.
#[component]
pub fn InviteMemberForm(role: Role) -> impl IntoView {
    let options = Role::ALL.into_iter().rev().filter(|other| role.may_manage(*other));
    let options: Vec<_> = options.map(|role| (role.as_str(), role.label())).collect();
    view! {
        <section class="card pad" aria-labelledby="invite">
            <form method="post" action=PATH class="stack" novalidate>
                <h2 id="invite">"Invite a member"</h2>
                <FormAlert form="invite" />
                <div class="columns dated">
                    <TextField form="invite" name="email" label="Email" kind="email" hint="They sign in with it." />
                    <SelectField
                        form="invite"
                        name="role"
                        label="Role"
                        options
                        hint="Viewers can look, admins manage keys and members, owners manage everything."
                    />
                </div>
                <div class="actions"><SubmitButton form="invite" label="Invite" /></div>
            </form>
        </section>
    }
}

/// The link of an invitation that was just created.
#[component]
pub fn NewInvitationLink(email: String, link: SecretString, mailed: Option<bool>) -> impl IntoView {
    let mail = match mailed {
        Some(true) => format!("It was mailed to {email}. You can also give them this link yourself."),
        Some(false) => format!("The mail to {email} could not be sent. Give them this link yourself."),
        None => format!("Give {email} this link."),
    };
    view! {
        <section class="card pad stack once" aria-labelledby="new-link" role="status">
            <h2 id="new-link">{format!("{email} is invited")}</h2>
            <p>{mail}" It works once, expires after 7 days, and is shown only once: copy it before you leave this page."</p>
            <div class="field">
                <label for="invitation-link">"Invitation link"</label>
                <input
                    class="input mono"
                    id="invitation-link"
                    readonly
                    autocomplete="off"
                    autofocus
                    value=link.expose_secret().to_owned()
                />
            </div>
        </section>
    }
}

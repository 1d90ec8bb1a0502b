//! The table of sub-accounts.

use super::PATH;
use crate::forms::{AccountInput, FormAlert};
use crate::text::sub_accounts as text;
use domain::time::{date_utc, iso};
use domain::views::{AccountPage, AccountView};
use leptos::prelude::*;

/// One row per sub-account, with the actions that this viewer may take; if there are none, what sub-accounts are for.
#[component]
pub fn SubAccountTable(page: AccountPage, may_manage: bool, may_add: bool) -> impl IntoView {
    let AccountPage { accounts, next } = page;
    if accounts.is_empty() {
        let empty = if may_add { text::none_yet() } else { text::none_possible() };
        return view! { <section class="card pad empty"><p>{empty}</p></section> }.into_any();
    }
    let rows: Vec<_> = accounts.into_iter().map(|account| row(account, may_manage)).collect();
    let more = next.map(|cursor| {
        view! { <p><a class="button" href=format!("{PATH}?after={cursor}")>{text::show_older()}</a></p> }
    });
    view! {
        <FormAlert form="open" />
        <div class="card">
            <table class="people" aria-label=text::title()>
                <thead>
                    <tr>
                        <th scope="col">{text::name()}</th>
                        <th scope="col">{text::keys()}</th>
                        <th scope="col">{text::created_on()}</th>
                        <th scope="col"><span class="hidden">{text::actions()}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

fn row(account: AccountView, may_manage: bool) -> impl IntoView + use<> {
    let AccountView { id, name, created_at, keys, .. } = account;
    let label = |act: &str| text::act_on(act, &name);
    let actions = may_manage.then(|| {
        view! {
            <form method="post" action=PATH class="in-row">
                <AccountInput />
                <input type="hidden" name="id" value=id.clone() />
                <button class="button" type="submit" name="do" value="open" aria-label=label(text::open())>{text::open()}</button>
                <a class="button" href=format!("{PATH}?update={id}") aria-label=label(text::rename())>{text::rename()}</a>
                <a class="button" href=format!("{PATH}?delete={id}") aria-label=label(text::delete())>{text::delete()}</a>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row" class="name">{name.clone()}</th>
            <td class="quiet">{text::count_of_keys(keys)}</td>
            <td class="quiet">
                <time datetime=iso(created_at)>{date_utc(created_at)}</time>
            </td>
            <td class="do">{actions}</td>
        </tr>
    }
}

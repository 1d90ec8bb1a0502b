//! The table of sub-accounts.

use super::PATH;
use crate::forms::{AccountInput, FormAlert};
use domain::time::{date_utc, iso};
use domain::views::{AccountPage, AccountView};
use leptos::prelude::*;

/// One row per sub-account, with the actions that this viewer may take; if there are none, what sub-accounts are for.
#[component]
pub fn SubAccountTable(page: AccountPage, may_manage: bool, may_add: bool) -> impl IntoView {
    let AccountPage { accounts, next } = page;
    if accounts.is_empty() {
        let text = if may_add {
            "No sub-accounts yet. Make one for each customer, branch or project whose keys should be kept apart; their keys \
             do not count for this account."
        } else {
            "There are no sub-accounts below this one, and none can be added here."
        };
        return view! { <section class="card pad empty"><p>{text}</p></section> }.into_any();
    }
    let rows: Vec<_> = accounts.into_iter().map(|account| row(account, may_manage)).collect();
    let more = next.map(|cursor| {
        view! { <p><a class="button" href=format!("{PATH}?after={cursor}")>"Show older ones"</a></p> }
    });
    view! {
        <FormAlert form="open" />
        <div class="card">
            <table class="people" aria-label="Sub-accounts">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Keys"</th>
                        <th scope="col">"Created"</th>
                        <th scope="col"><span class="hidden">"Actions"</span></th>
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
    let keys = if keys == 1 { "1 key".to_owned() } else { format!("{keys} keys") };
    let label = |what: &str| format!("{what} {name}");
    let actions = may_manage.then(|| {
        view! {
            <form method="post" action=PATH class="in-row">
                <AccountInput />
                <input type="hidden" name="id" value=id.clone() />
                <button class="button" type="submit" name="do" value="open" aria-label=label("Open")>"Open"</button>
                <a class="button" href=format!("{PATH}?update={id}") aria-label=label("Rename")>"Rename"</a>
                <a class="button" href=format!("{PATH}?delete={id}") aria-label=label("Delete")>"Delete"</a>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row" class="name">{name.clone()}</th>
            <td class="quiet">{keys}</td>
            <td class="quiet">
                <time datetime=iso(created_at)>{date_utc(created_at)}</time>
            </td>
            <td class="do">{actions}</td>
        </tr>
    }
}

//! The member's sessions.

use super::PATH;
use crate::forms::{FormAlert, SubmitButton};
use crate::text::security as text;
use domain::time::{Millis, ago, date_time_utc, iso};
use leptos::prelude::*;
use service::security::SessionView;

/// One row per session: the current one marked, the others with a button to end them.
#[component]
pub fn SessionTable(sessions: Vec<SessionView>, now: Millis) -> impl IntoView {
    let has_others = sessions.len() > 1;
    let rows: Vec<_> = sessions.into_iter().map(|session| row(session, now)).collect();
    view! {
        <section class="card" aria-labelledby="sessions">
            <div class="card-head actions">
                <h2 id="sessions">{text::sessions()}</h2>
                <span class="space"></span>
                {has_others.then(|| view! {
                    <form method="post" action=PATH>
                        <SubmitButton form="end-other-sessions" label=text::end_others() class="button" />
                    </form>
                })}
            </div>
            <FormAlert form="end-session" />
            <FormAlert form="end-other-sessions" />
            <table class="people" aria-labelledby="sessions">
                <thead>
                    <tr>
                        <th scope="col">{text::address()}</th>
                        <th scope="col">{text::signed_in()}</th>
                        <th scope="col">{text::last_used()}</th>
                        <th scope="col"><span class="hidden">{text::actions()}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(session: SessionView, now: Millis) -> impl IntoView {
    let SessionView { id, address, began_at, last_seen_at, is_this } = session;
    let address = if address.is_empty() { text::address_unknown().to_owned() } else { address };
    let end = if is_this {
        view! { <span class="tag">{text::this_session()}</span> }.into_any()
    } else {
        let label = text::end_session(&address, date_time_utc(began_at));
        view! {
            <form method="post" action=PATH>
                <input type="hidden" name="id" value=id />
                <button class="button" type="submit" name="do" value="end-session" aria-label=label>{text::end()}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row" class="name">{address}</th>
            <td class="quiet joined" data-head=text::signed_in()><time datetime=iso(began_at)>{date_time_utc(began_at)}</time></td>
            <td class="quiet seen" data-head=text::last_used()><time datetime=iso(last_seen_at)>{ago(last_seen_at, now)}</time></td>
            <td class="do">{end}</td>
        </tr>
    }
}

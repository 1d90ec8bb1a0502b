//! `/settings/api-keys`: loads the first page of keys and the dialog that the URL opens; the `KeysPage` island does the rest.

use super::product;
use crate::keys::{KeysInitialState, KeysPage};
use crate::layout::SettingsLayout;
use leptos::prelude::*;
use leptos_meta::Title;

/// The key list in the settings layout.
#[component]
pub fn KeyListPage() -> impl IntoView {
    let page = Suspend::new(async move {
        match load().await {
            Ok((email, initial_state)) => {
                provide_context(initial_state);
                view! { <SettingsLayout product=product() email><KeysPage /></SettingsLayout> }.into_any()
            }
            Err(message) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>"The keys cannot be shown"</h1>
                        <p>{message}</p>
                        <a class="button primary wide" href="/settings/api-keys">"Try again"</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    });
    view! {
        <Title text=format!("API Keys · {}", product()) />
        <Suspense>{page}</Suspense>
    }
}

#[cfg(feature = "ssr")]
async fn load() -> Result<(String, KeysInitialState), String> {
    use super::query;
    use crate::context::{actor, app_state, fail, visitor};
    use crate::keys::Overlay;
    use domain::key::Environment;
    use domain::member::Role;
    use domain::views::KeyState;
    use service::keys::PageRequest;

    let to_message = |error: crate::AppError| error.message();
    let (search, after) = (query("q"), query("after"));
    let environment = query("environment").and_then(|environment| Environment::parse(&environment));
    let state = query("state").and_then(|state| KeyState::parse(&state)).unwrap_or_default();
    let overlay_query = Overlay::NAMES.into_iter().find_map(|name| query(name).map(|value| format!("{name}={value}")));
    let overlay_query = overlay_query.unwrap_or_default();
    let overlay = Overlay::from_query(&overlay_query);
    let (keyhatch, visitor) = (app_state().map_err(to_message)?.keyhatch, visitor().map_err(to_message)?);
    let (actor, account) = actor().map_err(fail).map_err(to_message)?;
    let viewer = visitor.viewer.map_err(fail).map_err(to_message)?;
    let after = after.and_then(|after| after.parse().ok());
    let request = PageRequest { search: search.clone(), environment, after, state, ..PageRequest::default() };
    let page = keyhatch.keys().list(&actor, &account, &request).await.map_err(fail).map_err(to_message)?;
    let overlay_key = match overlay.key_id() {
        Some(id) if page.keys.iter().all(|key| key.id != id) => keyhatch.keys().find(&actor, &account, id).await.ok(),
        _ => None,
    };
    let is_missing =
        overlay.key_id().is_some_and(|id| overlay_key.is_none() && page.keys.iter().all(|key| key.id != id));
    Ok((
        viewer.email,
        KeysInitialState {
            page,
            search: search.unwrap_or_default(),
            environment,
            state,
            now: keyhatch.now(),
            policy: keyhatch.policy().clone(),
            my_address: visitor.address.map(|address| address.to_string()),
            may_manage: viewer.role != Role::Viewer,
            overlay: if is_missing { String::new() } else { overlay_query },
            overlay_key,
            message: is_missing.then(|| fail(crate::AppError::NotFound).message()),
        },
    ))
}

#[cfg(not(feature = "ssr"))]
#[expect(clippy::unused_async, reason = "same signature as on the server, which awaits")]
async fn load() -> Result<(String, KeysInitialState), String> {
    Err(String::new())
}

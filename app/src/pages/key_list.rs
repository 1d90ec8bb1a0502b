//! `/settings/api-keys`: the list, the notice about the last act, and the slider or dialog that the address opens. Loading is
//! in `load`; each part is in `keys`.

mod dialog;
mod load;
mod notice;
mod shown_keys;

use super::product;
use crate::text::frame::document_title;
use crate::text::list;
use leptos::prelude::*;
use leptos_meta::Title;

/// The key list in the settings layout.
#[component]
pub fn KeyListPage() -> impl IntoView {
    view! {
        <Title text=document_title(list::title(), product()) />
        <Suspense>{content()}</Suspense>
    }
}

fn content() -> impl IntoView {
    use crate::keys::RestoreFocus;
    use crate::keys::list::KeyListSection;
    use crate::layout::SettingsLayout;
    use crate::text::keys_page as text;

    Suspend::new(async move {
        match load::load().await {
            Ok(load::KeysPage { email, list, notice, dialog, message }) => {
                let notice = notice.map(|notice| notice::notice_view(notice, &list));
                let has_dialog = dialog.is_some();
                view! {
                    <SettingsLayout product=product() email dialog>
                        {(!message.is_empty()).then(|| view! { <p class="note bad" role="alert">{message}</p> })}
                        <KeyListSection list notice />
                        {(!has_dialog).then(|| view! { <RestoreFocus /> })}
                    </SettingsLayout>
                }
                .into_any()
            }
            Err(message) => view! {
                <main class="plain" id="main">
                    <section class="card pad">
                        <h1>{text::cannot_be_shown()}</h1>
                        <p>{message}</p>
                        <a class="button primary wide" href="/settings/api-keys">{text::try_again()}</a>
                    </section>
                </main>
            }
            .into_any(),
        }
    })
}

//! The activity page and its CSV file: who may see them, filters, pagination, and escaping.

use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use service::actor::Actor;

use crate::support::{ConsoleApp, ConsoleResponse as _};

const PAGE: &str = "/settings/activity";
const CSV: &str = "/settings/activity.csv";

async fn start() -> ConsoleApp {
    ConsoleApp::start_with_policy(Policy { keys_per_account: 1_000, ..Policy::default() }).await
}

#[tokio::test]
async fn activity_is_visible_to_members_of_the_account_only() {
    let console = start().await;
    console.create_key("Web shop", "", &[]).await;
    let own = console.app.account.clone();
    let foreign = console.app.keyhatch.accounts().create(&Actor::Operator, "Other", None).await.expect("an account");
    for (account, role) in [
        (&own, Role::Owner),
        (&own, Role::Admin),
        (&own, Role::Viewer),
        (&foreign, Role::Owner),
        (&foreign, Role::Viewer),
    ] {
        let cookie = console.create_session(account, &format!("{}@{account}.example", role.as_str()), role).await;
        for path in [PAGE, CSV] {
            let response = console.get(path, &cookie).await;
            assert_eq!(response.status, 200, "{path} {role:?}");
            assert_eq!(response.text().contains("Web shop"), account == &own, "{path} {role:?} {account}");
        }
    }
    for path in [PAGE, CSV] {
        let response = console.get(path, "").await;
        let next = format!("/sign-in?next={path}");
        assert_eq!(response.redirect(), (303, Some(next.as_str())));
    }
}

#[tokio::test]
async fn query_filters_the_page() {
    let console = start().await;
    let cookie = console.create_owner_session().await;
    let (shop, _) = console.create_key("Web shop", "", &[]).await;
    console.create_key("Warehouse", "", &[]).await;
    let page = async |query: &str| console.get_text(&format!("{PAGE}{query}"), &cookie).await;
    let text = page("").await;
    assert!(text.contains("“Web shop”") && text.contains("“Warehouse”") && text.contains("Signed in."));
    assert!(text.contains("aria-current=\"page\"") && text.contains(">Operator"));
    let text = page("?key=web+shop&group=keys").await;
    assert!(text.contains("“Web shop”") && !text.contains("“Warehouse”") && !text.contains("Signed in."));
    assert!(text.contains("value=\"web shop\"") && text.contains("/settings/activity.csv?group=keys&amp;key=web+shop"));
    let text = page(&format!("?key={shop}")).await;
    assert!(text.contains("“Web shop”") && !text.contains("“Warehouse”"));
    let text = page("?member=owner%40example.com").await;
    assert!(text.contains("Signed in.") && !text.contains("“Web shop”"));
    assert!(page("?from=2999-01-01").await.contains("No activity matches these filters."));
    assert!(!page("?to=2999-01-01").await.contains("No activity matches these filters."));
    for (query, message) in [
        ("?from=2026-02-30", "Write a day such as 2026-11-18."),
        ("?from=2026-11-19&to=2026-11-18", "The last day is before the first."),
    ] {
        let text = page(query).await;
        assert!(
            text.contains(message) && text.contains("aria-invalid=\"true\"") && !text.contains("<tbody>"),
            "{query}"
        );
    }
}

#[tokio::test]
async fn activity_is_paginated_but_the_csv_is_whole() {
    let console = start().await;
    let cookie = console.create_owner_session().await;
    for number in 0..120 {
        console.create_key(&format!("Key {number}."), "", &[]).await;
    }
    let first = console.get_text(PAGE, &cookie).await;
    assert_eq!(first.matches("<tr>").count(), 51);
    let older = first.split("href=\"/settings/activity?after=").nth(1).expect("a further page");
    let older = format!("{PAGE}?after={}", older.split('"').next().expect("its row"));
    let second = console.get_text(&older, &cookie).await;
    assert!(second.contains("Key 60.") && !second.contains("Key 119.") && second.contains(">Newest"));
    let file = console.get(CSV, &cookie).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"activity.csv\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let text = file.text();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "Time,Who,Action,What,Key id,Key,From");
    // The account, its owner and the owner's sign-in are older than the keys.
    assert_eq!(lines.len(), 1 + 120 + 3, "{text}");
    assert!(lines[1].contains("Key 119.") && lines[120].contains("Key 0."));
    let filtered = console.get_text(&format!("{CSV}?group=members"), &cookie).await;
    assert_eq!(filtered.split_terminator("\r\n").count(), 1 + 2, "{filtered}");
    let refused = console.get(&format!("{CSV}?from=x"), &cookie).await;
    assert_eq!((refused.status.as_u16(), refused.problem_code().as_str()), (422, "invalid"));
}

#[tokio::test]
async fn hostile_names_are_escaped_and_secrets_left_out() {
    let console = start().await;
    let cookie = console.create_owner_session().await;
    let mut secrets = Vec::new();
    for name in ["<script>x()</script>", "=HYPERLINK(\"//x\")", "a,b\"c", "+1", "@cmd"] {
        let form = KeyForm { name: name.to_owned(), ..KeyForm::default() };
        secrets.push(console.create_key_with(&form).await.1);
    }
    let page = console.get_text(PAGE, &cookie).await;
    assert!(!page.contains("<script>x()") && page.contains("&lt;script&gt;x()"));
    let hostile =
        console.get(&format!("{PAGE}?key=%22%3E%3Cscript%3Ex()%3C/script%3E&member=%3Cscript%3Ex()"), &cookie).await;
    assert!(!hostile.text().contains("<script>x()"), "{}", hostile.text());
    let file = console.get_text(CSV, &cookie).await;
    assert!(file.contains("\"'=HYPERLINK(\"\"//x\"\")\"") && file.contains("\"a,b\"\"c\""), "{file}");
    assert!(file.contains(",'+1,") && file.contains(",'@cmd,"), "{file}");
    for line in file.split_terminator("\r\n") {
        let is_formula = |cell: &str| cell.trim_matches('"').starts_with(['=', '+', '-', '@', '\t']);
        assert!(!line.split(',').any(is_formula), "{line}");
    }
    for secret in secrets {
        assert!(!page.contains(&secret[20..]) && !file.contains(&secret[20..]));
    }
    assert_eq!(console.get(&format!("{PAGE}?key=%00"), &cookie).await.status, 200);
}

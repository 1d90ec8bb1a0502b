//! The page of activity and its file: who may see them, what they show of hostile names, how they are narrowed.

use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use service::actor::Actor;

use crate::pages::Site;

const PAGE: &str = "/settings/activity";
const FILE: &str = "/settings/activity.csv";

async fn site() -> Site {
    Site::with(Policy { keys_per_account: 1_000, ..Policy::default() }).await
}

#[tokio::test]
async fn every_member_of_the_account_sees_it_and_nobody_else() {
    let site = site().await;
    site.data.key("Web shop", "", &[]).await;
    let own = site.data.account.clone();
    let foreign = site.data.keyhatch.accounts().create(&Actor::Operator, "Other", None).await.expect("an account");
    for (account, role) in [
        (&own, Role::Owner),
        (&own, Role::Admin),
        (&own, Role::Viewer),
        (&foreign, Role::Owner),
        (&foreign, Role::Viewer),
    ] {
        let cookie = site.member(account, &format!("{}@{account}.example", role.as_str()), role).await;
        for path in [PAGE, FILE] {
            let answer = site.page(path, &cookie).await;
            assert_eq!(answer.status, 200, "{path} {role:?}");
            assert_eq!(answer.text().contains("Web shop"), account == &own, "{path} {role:?} {account}");
        }
    }
    for path in [PAGE, FILE] {
        let answer = site.page(path, "").await;
        let next = format!("/sign-in?next={path}");
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, Some(next.as_str())));
    }
}

#[tokio::test]
async fn the_page_is_narrowed_by_its_address() {
    let site = site().await;
    let cookie = site.owner().await;
    let (shop, _) = site.data.key("Web shop", "", &[]).await;
    site.data.key("Warehouse", "", &[]).await;
    let page = async |query: &str| site.page(&format!("{PAGE}{query}"), &cookie).await.text();
    let text = page("").await;
    assert!(text.contains("“Web shop”") && text.contains("“Warehouse”") && text.contains("Signed in."));
    assert!(text.contains("aria-current=\"page\"") && text.contains(">Operator"));
    let text = page("?key=web+shop&group=keys").await;
    assert!(text.contains("“Web shop”") && !text.contains("“Warehouse”") && !text.contains("Signed in."));
    assert!(
        text.contains("value=\"web shop\"") && text.contains("/settings/activity.csv?group=keys&amp;key=web%20shop")
    );
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
async fn long_activity_comes_in_pages_and_in_one_file() {
    let site = site().await;
    let cookie = site.owner().await;
    for number in 0..120 {
        site.data.key(&format!("Key {number}."), "", &[]).await;
    }
    let first = site.page(PAGE, &cookie).await.text();
    assert_eq!(first.matches("<tr>").count(), 51);
    let older = first.split("href=\"/settings/activity?after=").nth(1).expect("a further page");
    let older = format!("{PAGE}?after={}", older.split('"').next().expect("its row"));
    let second = site.page(&older, &cookie).await.text();
    assert!(second.contains("Key 60.") && !second.contains("Key 119.") && second.contains(">Newest"));
    let file = site.page(FILE, &cookie).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"activity.csv\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    let text = file.text();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "Time,Who,Action,What,Key id,Key,From");
    // The account, its owner and the owner's sign-in are older than the keys.
    assert_eq!(lines.len(), 1 + 120 + 3, "{text}");
    assert!(lines[1].contains("Key 119.") && lines[120].contains("Key 0."));
    let narrowed = site.page(&format!("{FILE}?group=members"), &cookie).await.text();
    assert_eq!(narrowed.split_terminator("\r\n").count(), 1 + 2, "{narrowed}");
    let refused = site.page(&format!("{FILE}?from=x"), &cookie).await;
    assert_eq!((refused.status.as_u16(), refused.problem().as_str()), (422, "invalid"));
}

#[tokio::test]
async fn a_hostile_name_stays_text_and_a_secret_stays_out() {
    let site = site().await;
    let cookie = site.owner().await;
    let mut secrets = Vec::new();
    for name in ["<script>x()</script>", "=HYPERLINK(\"//x\")", "a,b\"c", "+1", "@cmd"] {
        let form = KeyForm { name: name.to_owned(), ..KeyForm::default() };
        secrets.push(site.data.issue(&form).await.1);
    }
    let page = site.page(PAGE, &cookie).await.text();
    assert!(!page.contains("<script>x()") && page.contains("&lt;script&gt;x()"));
    let hostile =
        site.page(&format!("{PAGE}?key=%22%3E%3Cscript%3Ex()%3C/script%3E&member=%3Cscript%3Ex()"), &cookie).await;
    assert!(!hostile.text().contains("<script>x()"), "{}", hostile.text());
    let file = site.page(FILE, &cookie).await.text();
    assert!(file.contains("\"'=HYPERLINK(\"\"//x\"\")\"") && file.contains("\"a,b\"\"c\""), "{file}");
    assert!(file.contains(",'+1,") && file.contains(",'@cmd,"), "{file}");
    for line in file.split_terminator("\r\n") {
        let is_formula = |cell: &str| cell.trim_matches('"').starts_with(['=', '+', '-', '@', '\t']);
        assert!(!line.split(',').any(is_formula), "{line}");
    }
    for secret in secrets {
        assert!(!page.contains(&secret[20..]) && !file.contains(&secret[20..]));
    }
    assert_eq!(site.page(&format!("{PAGE}?key=%00"), &cookie).await.status, 200);
}

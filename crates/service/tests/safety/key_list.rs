//! The list of keys: its orders, its size, its cursors, and how many keys match.

use domain::form::KeyForm;
use domain::key::Environment;
use domain::views::{KeyPage, KeySort, KeyState};
use service::actor::Actor;
use service::keys::PageRequest;
use test_support::{MINUTE, START, TestApp, unrestricted_key_form};

crate::on_both![every_order_is_complete_page_by_page, last_uses_in_memory_shift_no_page];

async fn list(app: &TestApp, request: &PageRequest) -> KeyPage {
    app.keyhatch.keys().list(&Actor::Operator, &app.account, request).await.unwrap()
}

fn sort(word: &str) -> KeySort {
    word.parse().unwrap()
}

/// The names on all pages of one order. The cursors travel as text, as they do in an address.
async fn list_all(app: &TestApp, word: &str, size: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut request = PageRequest { sort: sort(word), size: Some(size), ..PageRequest::default() };
    loop {
        let page = list(app, &request).await;
        assert_eq!((page.matching, page.total), (5, 5));
        names.extend(page.keys.into_iter().map(|key| key.name));
        let Some(next) = page.next else { return names };
        request.after = Some(next.to_string().parse().unwrap());
    }
}

async fn every_order_is_complete_page_by_page(mut app: TestApp) {
    let mut secrets = Vec::new();
    for (name, expires) in [("delta", "7d"), ("Alpha", ""), ("Échec", "30d"), ("charlie", "30d"), ("Bravo", "")] {
        app.clock.advance(1);
        let form = KeyForm { expires: expires.to_owned(), ..unrestricted_key_form(name) };
        secrets.push(app.create_key_with(&form).await.secret);
    }
    for used in [3, 0, 2] {
        app.clock.advance(MINUTE);
        app.decide(&secrets[used]).await.unwrap();
    }
    // Writes the last uses.
    app.restart().await;
    for (word, expected) in [
        ("created", ["delta", "Alpha", "Échec", "charlie", "Bravo"]),
        ("-created", ["Bravo", "charlie", "Échec", "Alpha", "delta"]),
        ("name", ["Alpha", "Bravo", "charlie", "delta", "Échec"]),
        ("-name", ["Échec", "delta", "charlie", "Bravo", "Alpha"]),
        ("used", ["charlie", "delta", "Échec", "Bravo", "Alpha"]),
        ("-used", ["Échec", "delta", "charlie", "Bravo", "Alpha"]),
    ] {
        for size in [1, 2, 5, 500] {
            assert_eq!(list_all(&app, word, size).await, expected, "{word}, pages of {size}");
        }
    }
    for size in [1, 2, 5] {
        // Equal expiries are ordered by id, which is random.
        let (ascending, descending) = (list_all(&app, "expires", size).await, list_all(&app, "-expires", size).await);
        assert_eq!((ascending[0].as_str(), descending[2].as_str()), ("delta", "delta"));
        assert_eq!((&ascending[3..], &descending[3..]), (&["Bravo", "Alpha"].map(String::from)[..], &ascending[3..]));
        assert_eq!((&ascending[1], &ascending[2]), (&descending[1], &descending[0]));
    }
}

/// A cursor names what is stored. What the gate has only in memory would repeat or skip keys.
async fn last_uses_in_memory_shift_no_page(mut app: TestApp) {
    let mut secrets = Vec::new();
    for name in ["One", "Two", "Three"] {
        secrets.push(app.create_key(name).await.secret);
    }
    for secret in &secrets {
        app.clock.advance(MINUTE);
        app.decide(secret).await.unwrap();
    }
    app.restart().await;
    let mut request = PageRequest { sort: sort("-used"), size: Some(1), ..PageRequest::default() };
    let mut names = Vec::new();
    loop {
        // The key that the next page begins after was used again.
        app.clock.advance(MINUTE);
        for secret in &secrets {
            app.decide(secret).await.unwrap();
        }
        let page = list(&app, &request).await;
        names.extend(page.keys.into_iter().map(|key| key.name));
        request.after = page.next;
        if request.after.is_none() {
            break;
        }
    }
    assert_eq!(names, ["Three", "Two", "One"]);
}

#[tokio::test]
async fn size_is_bounded_and_by_default_the_policys() {
    let app = TestApp::builder()
        .policy(domain::policy::Policy { page_size: 3, keys_per_account: 600, ..domain::policy::Policy::default() })
        .build()
        .await;
    app.insert_keys(502).await;
    for (size, expected) in [(None, 3), (Some(0), 1), (Some(1), 1), (Some(40), 40), (Some(usize::MAX), 500)] {
        let page = list(&app, &PageRequest { size, ..PageRequest::default() }).await;
        assert_eq!((page.keys.len(), page.matching, page.total), (expected, 502, 502), "{size:?}");
        assert!(page.next.is_some());
    }
}

#[tokio::test]
async fn cursor_of_another_order_begins_at_the_first_page() {
    let app = TestApp::sqlite().await;
    for name in ["One", "Two", "Three"] {
        app.create_key(name).await;
    }
    let first = PageRequest { size: Some(1), ..PageRequest::default() };
    let after = list(&app, &first).await.next;
    for sort in KeySort::ALL {
        let expected = list(&app, &PageRequest { sort, ..first.clone() }).await;
        let page = list(&app, &PageRequest { sort, after: after.clone(), ..first.clone() }).await;
        assert_eq!(page == expected, sort != KeySort::default(), "{sort}");
    }
}

#[tokio::test]
async fn matching_keys_are_counted_on_every_page() {
    let app = TestApp::sqlite().await;
    for number in 0..6 {
        let environment = if number < 2 { Environment::Sandbox } else { Environment::Live };
        let form = KeyForm { environment, ..unrestricted_key_form(&format!("Shop {number}")) };
        let id = app.create_key_with(&form).await.key.id;
        if number == 5 {
            app.keyhatch.keys().disable(&Actor::Operator, &app.account, &id).await.unwrap();
        }
    }
    let gone = app.create_key("Gone").await.key.id;
    app.delete_key(&gone).await.unwrap();
    let search = |text: &str| PageRequest { search: Some(text.to_owned()), ..PageRequest::default() };
    for (request, matching) in [
        (PageRequest::default(), 6),
        (search(" "), 6),
        (search("shop"), 6),
        (search("shop 1"), 1),
        (search("nothing"), 0),
        (PageRequest { environment: Some(Environment::Sandbox), ..PageRequest::default() }, 2),
        (PageRequest { environment: Some(Environment::Live), ..search("SHOP") }, 4),
        (PageRequest { state: KeyState::Disabled, ..PageRequest::default() }, 1),
        (PageRequest { state: KeyState::Deleted, ..PageRequest::default() }, 1),
        (PageRequest { state: KeyState::Expired, ..PageRequest::default() }, 0),
    ] {
        for size in [1, 2, 50] {
            let mut request = PageRequest { size: Some(size), ..request.clone() };
            let mut listed = 0;
            loop {
                let page = list(&app, &request).await;
                listed += page.keys.len();
                assert_eq!((page.matching, page.total), (matching, 6), "{request:?}");
                request.after = page.next;
                if request.after.is_none() {
                    break;
                }
            }
            assert_eq!(listed, matching, "{request:?}");
        }
    }
    assert_eq!(app.keyhatch.now(), START);
}

//! Searching keys by name and last characters.

use crate::test_store::{TestStore, new_key, secret};
use store::{KeyFilter, KeyOrder, KeyOrderBy, KeySecretRow, NewKey};

crate::on_both![search_matches_names_and_last_characters, search_results_are_paged];

async fn search_matches_names_and_last_characters(db: &TestStore) {
    db.with_acme().await;
    let names = [
        ("a", "100% of Orders", "aaaaa"),
        ("b", "100 of orders", "bbbbb"),
        ("c", "snake_case", "ccccc"),
        ("d", "snakeXcase", "ddddd"),
        ("e", r"back\slash", "eeeee"),
        ("f", "CAFÉ Größe", "fffff"),
        ("g", "ΟΔΟΣ Αθηνών", "ggggg"),
        ("h", "Ключ", "9xQ2f"),
    ];
    let mut tx = db.store.begin().await.unwrap();
    for (id, name, last_chars) in names {
        let key = NewKey { name: name.to_owned(), ..new_key(id, "acme") };
        let secret = KeySecretRow { last_chars: last_chars.to_owned(), ..secret(id) };
        tx.keys().insert(&key, &secret).await.unwrap();
    }
    tx.commit().await.unwrap();

    for (typed, expected) in [
        ("order", "ba"),
        ("ORDER", "ba"),
        ("100%", "a"),
        ("%", "a"),
        ("_", "c"),
        ("e_c", "c"),
        (r"k\s", "e"),
        ("\\", "e"),
        ("café", "f"),
        ("GRÖSSE", ""),
        ("grö", "f"),
        ("οδος", "g"),
        ("ΑΘΗΝΏΝ", "g"),
        ("ключ", "h"),
        ("9xq2F", "h"),
        ("Q2f", "h"),
        ("  ", "hgfedcba"),
        ("' OR 1=1 --", ""),
    ] {
        let found = db
            .store
            .keys()
            .list("acme", KeyFilter { search: Some(typed), ..KeyFilter::default() }, KeyOrder::default(), 50)
            .await
            .unwrap();
        let ids: String = found.iter().map(|key| key.id.as_str()).collect();
        assert_eq!(ids, expected, "{typed}");
    }
}

async fn search_results_are_paged(db: &TestStore) {
    db.with_acme().await;
    for at in 0..10 {
        let name = if at % 2 == 0 { "even" } else { "odd" };
        db.add_key(&format!("k{at}"), name, 5).await;
    }
    let first = db
        .store
        .keys()
        .list("acme", KeyFilter { search: Some("even"), ..KeyFilter::default() }, KeyOrder::default(), 3)
        .await
        .unwrap();
    let last = first.last().unwrap();
    let position = last.position(KeyOrderBy::Created);
    let order = KeyOrder { after: Some((&position, &last.id)), ..KeyOrder::default() };
    let rest = db
        .store
        .keys()
        .list("acme", KeyFilter { search: Some("even"), ..KeyFilter::default() }, order, 3)
        .await
        .unwrap();
    let ids: Vec<_> = first.iter().chain(&rest).map(|key| key.id.as_str()).collect();
    assert_eq!(ids, ["k8", "k6", "k4", "k2", "k0"]);
}

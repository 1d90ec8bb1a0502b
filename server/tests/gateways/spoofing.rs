//! What a caller claims about its address and its name counts nowhere.

use futures_util::StreamExt as _;
use futures_util::stream;

use crate::for_each_gateway;
use crate::place::{Gateway, Place};
use crate::shapes::{CLAIM, NAME_CLAIM, addresses, identities};

const HERE: &str = "127.0.0.3";

async fn no_claimed_address_is_believed(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let elsewhere = format!("X-Api-Key: {}", place.key("Elsewhere", CLAIM, &["*"]).await);
    let anywhere = format!("X-Api-Key: {}", place.key("Anywhere", HERE, &["*"]).await);
    let shapes = addresses();
    assert!(shapes.len() >= 200);
    let let_in = stream::iter(&shapes).map(async |shape| {
        let answer = place.caller.call(HERE, "GET /contacts", &[&elsewhere, shape]).await;
        assert!(matches!(answer.status, 400 | 403), "{shape:?} {answer:?}");
        // The same claim with a key that is good here: what does the upstream learn?
        let answer = place.caller.call(HERE, "GET /contacts", &[shape, &anywhere]).await;
        assert!(matches!(answer.status, 200 | 400), "{shape:?} {answer:?}");
        if answer.status == 200 {
            assert_eq!(answer.arrived("x-forwarded-for"), [HERE], "{shape:?} {answer:?}");
            assert_eq!(answer.arrived("x-real-ip"), [HERE], "{shape:?} {answer:?}");
            assert!(!answer.body.contains(CLAIM), "{shape:?} {answer:?}");
        }
        usize::from(answer.status == 200)
    });
    let let_in: usize = let_in.buffer_unordered(8).collect::<Vec<_>>().await.iter().sum();
    assert!(let_in > shapes.len() / 2, "most of them are ordinary requests: {let_in}");
    // The control: the address that the key wants is the one the gateway saw.
    assert_eq!(place.caller.call("127.0.0.4", "GET /contacts", &[&anywhere]).await.status, 403);
}

async fn no_claimed_name_is_believed(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let key = format!("X-Api-Key: {}", place.key("Real", "", &["*"]).await);
    let shapes = identities();
    assert!(shapes.len() >= 200);
    let let_in = stream::iter(&shapes).map(async |shape| {
        let answer = place.caller.call(HERE, "GET /contacts", &[shape, &key]).await;
        assert!(matches!(answer.status, 200 | 400), "{shape:?} {answer:?}");
        if answer.status == 200 {
            assert!(!answer.body.contains(NAME_CLAIM), "{shape:?} {answer:?}");
            assert_eq!(answer.arrived("x-keyhatch-account"), [place.account.as_str()], "{shape:?} {answer:?}");
            assert_eq!(answer.arrived("x-keyhatch-key-name"), ["Real"], "{shape:?} {answer:?}");
        }
        assert_eq!(place.caller.call(HERE, "GET /contacts", &[shape]).await.status / 100, 4, "{shape:?}");
        usize::from(answer.status == 200)
    });
    let let_in: usize = let_in.buffer_unordered(8).collect::<Vec<_>>().await.iter().sum();
    assert!(let_in > shapes.len() / 3, "most of them are ordinary requests: {let_in}");
}

for_each_gateway!(no_claimed_address_is_believed, no_claimed_name_is_believed);

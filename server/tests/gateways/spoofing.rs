//! Forged headers about the client's address and identity have no effect.

use futures_util::StreamExt as _;
use futures_util::stream;

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;
use crate::forged_headers::{FORGED_ADDRESS, FORGED_IDENTITY, forged_addresses, forged_identities};

const HERE: &str = "127.0.0.3";

async fn forged_addresses_are_ignored(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let elsewhere = format!("X-Api-Key: {}", deployment.create_key("Elsewhere", FORGED_ADDRESS, &["*"]).await);
    let anywhere = format!("X-Api-Key: {}", deployment.create_key("Anywhere", HERE, &["*"]).await);
    let headers = forged_addresses();
    assert!(headers.len() >= 200);
    let accepted = stream::iter(&headers).map(async |header| {
        let response = deployment.client.call(HERE, "GET /contacts", &[&elsewhere, header]).await;
        assert!(matches!(response.status, 400 | 403), "{header:?} {response:?}");
        // The same header with a key that is valid from here: the upstream must not see it.
        let response = deployment.client.call(HERE, "GET /contacts", &[header, &anywhere]).await;
        assert!(matches!(response.status, 200 | 400), "{header:?} {response:?}");
        if response.status == 200 {
            assert_eq!(response.upstream_header("x-forwarded-for"), [HERE], "{header:?} {response:?}");
            assert_eq!(response.upstream_header("x-real-ip"), [HERE], "{header:?} {response:?}");
            assert!(!response.body.contains(FORGED_ADDRESS), "{header:?} {response:?}");
        }
        usize::from(response.status == 200)
    });
    let accepted: usize = accepted.buffer_unordered(8).collect::<Vec<_>>().await.iter().sum();
    assert!(accepted > headers.len() / 2, "most of them must be accepted requests: {accepted}");
    // Control: the key's whitelist is compared with the address of the connection.
    assert_eq!(deployment.client.call("127.0.0.4", "GET /contacts", &[&anywhere]).await.status, 403);
}

async fn forged_identities_are_ignored(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let key = format!("X-Api-Key: {}", deployment.create_key("Real", "", &["*"]).await);
    let headers = forged_identities();
    assert!(headers.len() >= 200);
    let accepted = stream::iter(&headers).map(async |header| {
        let response = deployment.client.call(HERE, "GET /contacts", &[header, &key]).await;
        assert!(matches!(response.status, 200 | 400), "{header:?} {response:?}");
        if response.status == 200 {
            assert!(!response.body.contains(FORGED_IDENTITY), "{header:?} {response:?}");
            assert_eq!(
                response.upstream_header("x-keyhatch-account"),
                [deployment.app.account.as_str()],
                "{header:?} {response:?}"
            );
            assert_eq!(response.upstream_header("x-keyhatch-key-name"), ["Real"], "{header:?} {response:?}");
        }
        assert_eq!(deployment.client.call(HERE, "GET /contacts", &[header]).await.status / 100, 4, "{header:?}");
        usize::from(response.status == 200)
    });
    let accepted: usize = accepted.buffer_unordered(8).collect::<Vec<_>>().await.iter().sum();
    assert!(accepted > headers.len() / 3, "most of them must be accepted requests: {accepted}");
}

for_each_gateway!(forged_addresses_are_ignored, forged_identities_are_ignored);

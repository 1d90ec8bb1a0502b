//! The gate's rate-limit headers reach the client. In the first test a fake gate sends them, so that each has a known
//! value; in the second the real gate does. The fake gate is a raw socket, to see and send every byte.

use domain::form::KeyForm;
use domain::limits::LimitsForm;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::deployment::{Deployment, Gateway, TOKEN};
use crate::for_each_gateway;

const ACCEPTED: &str = "HTTP/1.1 200 OK\r\nX-Keyhatch-Key-Id: key_1\r\nX-Keyhatch-Key-Name: N\r\nX-Keyhatch-Account: acc_1\r\n\
                      X-Keyhatch-Environment: live\r\nX-Keyhatch-Privileges: \r\n";
const LIMITS: &str = "RateLimit: \"minute\";r=7;t=30\r\nRateLimit-Policy: \"minute\";q=60;w=60\r\n";
const END: &str = "Content-Length: 0\r\nConnection: close\r\n\r\n";

async fn rate_limit_headers_reach_the_caller(gateway: Gateway) {
    let mut deployment = Deployment::new(gateway).await;
    deployment.stop_gate().await;
    let listener = TcpListener::bind(("127.0.0.1", deployment.gate_port)).await.expect("the gate's port");
    // nginx turns 429 of an auth request into 500, so the gate sends it 403.
    let status = if gateway == Gateway::Nginx { "403 Forbidden" } else { "429 Too Many Requests" };
    let limited = format!("HTTP/1.1 {status}\r\nX-Keyhatch-Reason: QUOTA_EXCEEDED\r\nRetry-After: 42\r\n{LIMITS}{END}");
    for (gate_response, expected) in [
        (format!("{ACCEPTED}{LIMITS}{END}"), (200, true, None)),
        (format!("{ACCEPTED}{END}"), (200, false, None)),
        (limited, (429, true, Some("42"))),
    ] {
        let gate = async {
            let (mut stream, _) = listener.accept().await.expect("the gateway asks");
            let mut question = [0; 4096];
            let _ = stream.read(&mut question).await;
            stream.write_all(gate_response.as_bytes()).await.expect("bytes");
            String::from_utf8_lossy(&question).to_ascii_lowercase()
        };
        let headers = ["X-Api-Key: k", "X-Keyhatch-Gate-Token: a-token-of-the-caller"];
        let (response, question) = tokio::join!(deployment.client.call("127.0.0.2", "GET /contacts", &headers), gate);
        let tokens: Vec<_> = question.lines().filter(|line| line.starts_with("x-keyhatch-gate-token:")).collect();
        assert_eq!(tokens, [format!("x-keyhatch-gate-token: {TOKEN}")], "only the gateway's own token");
        assert!(!response.body.contains("token"), "the upstream sees none: {response:?}");
        assert!(question.contains("privilege=contacts:read") && question.contains("x-forwarded-for: 127.0.0.2\r\n"));
        let (status, has_limits, retry_after) = expected;
        assert_eq!(response.status, status, "{response:?}");
        assert_eq!(response.header("ratelimit"), has_limits.then_some("\"minute\";r=7;t=30"), "{response:?}");
        assert_eq!(response.header("ratelimit-policy"), has_limits.then_some("\"minute\";q=60;w=60"), "{response:?}");
        assert_eq!(response.header("retry-after"), retry_after, "{response:?}");
    }
}

async fn a_key_beyond_its_limit_gets_429(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let rate = LimitsForm { hour: "3".to_owned(), ..LimitsForm::default() };
    let quota = LimitsForm { uses: "2".to_owned(), ..LimitsForm::default() };
    for (limits, calls, reason) in [(rate, 3, "RATE_LIMITED"), (quota, 2, "QUOTA_EXCEEDED")] {
        let form = KeyForm { name: "Limited".to_owned(), all_privileges: true, limits, ..KeyForm::default() };
        let key = format!("X-Api-Key: {}", deployment.create_key_with(&form).await);
        for _ in 0..calls {
            // Refused by the gateway itself, so it does not count.
            assert_eq!(deployment.client.call("127.0.0.2", "GET /contacts//", &[&key]).await.status, 400);
            assert_eq!(deployment.client.call("127.0.0.2", "GET /contacts", &[&key]).await.status, 200);
        }
        let response = deployment.client.call("127.0.0.2", "GET /contacts", &[&key]).await;
        assert_eq!((response.status, response.header("x-keyhatch-reason")), (429, Some(reason)), "{response:?}");
    }
    assert_eq!(deployment.upstream.reached(), 5);
}

for_each_gateway!(rate_limit_headers_reach_the_caller, a_key_beyond_its_limit_gets_429);

//! What the gate says about limits reaches the caller. A stand-in for the gate says it in the first test, so that each
//! header has a known value; in the second the gate itself counts.

use domain::form::KeyForm;
use domain::limits::LimitsForm;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::for_each_gateway;
use crate::place::{Gateway, Place, TOKEN};

const LET_IN: &str = "HTTP/1.1 200 OK\r\nX-Keyhatch-Key-Id: key_1\r\nX-Keyhatch-Key-Name: N\r\nX-Keyhatch-Account: acc_1\r\n\
                      X-Keyhatch-Environment: live\r\nX-Keyhatch-Privileges: \r\n";
const LIMITS: &str = "RateLimit: \"minute\";r=7;t=30\r\nRateLimit-Policy: \"minute\";q=60;w=60\r\n";
const END: &str = "Content-Length: 0\r\nConnection: close\r\n\r\n";

async fn limits_are_passed_on_to_the_caller(gateway: Gateway) {
    let mut place = Place::new(gateway).await;
    place.stop_gate().await;
    let listener = TcpListener::bind(("127.0.0.1", place.gate_port)).await.expect("the gate's port");
    // nginx makes 500 of 429, so the gate says 403 to it.
    let status = if gateway == Gateway::Nginx { "403 Forbidden" } else { "429 Too Many Requests" };
    let limited = format!("HTTP/1.1 {status}\r\nX-Keyhatch-Reason: QUOTA_EXCEEDED\r\nRetry-After: 42\r\n{LIMITS}{END}");
    for (said, expected) in [
        (format!("{LET_IN}{LIMITS}{END}"), (200, true, None)),
        (format!("{LET_IN}{END}"), (200, false, None)),
        (limited, (429, true, Some("42"))),
    ] {
        let gate = async {
            let (mut stream, _) = listener.accept().await.expect("the gateway asks");
            let mut question = [0; 4096];
            let _ = stream.read(&mut question).await;
            stream.write_all(said.as_bytes()).await.expect("bytes");
            String::from_utf8_lossy(&question).to_ascii_lowercase()
        };
        let headers = ["X-Api-Key: k", "X-Keyhatch-Gate-Token: a-token-of-the-caller"];
        let (answer, question) = tokio::join!(place.caller.call("127.0.0.2", "GET /contacts", &headers), gate);
        let tokens: Vec<_> = question.lines().filter(|line| line.starts_with("x-keyhatch-gate-token:")).collect();
        assert_eq!(tokens, [format!("x-keyhatch-gate-token: {TOKEN}")], "the gateway's own alone");
        assert!(!answer.body.contains("token"), "the upstream sees none: {answer:?}");
        assert!(question.contains("privilege=contacts:read") && question.contains("x-forwarded-for: 127.0.0.2\r\n"));
        let (status, has_limits, retry_after) = expected;
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.header("ratelimit"), has_limits.then_some("\"minute\";r=7;t=30"), "{answer:?}");
        assert_eq!(answer.header("ratelimit-policy"), has_limits.then_some("\"minute\";q=60;w=60"), "{answer:?}");
        assert_eq!(answer.header("retry-after"), retry_after, "{answer:?}");
    }
}

async fn a_key_past_its_limit_gets_429(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let rate = LimitsForm { hour: "3".to_owned(), ..LimitsForm::default() };
    let quota = LimitsForm { uses: "2".to_owned(), ..LimitsForm::default() };
    for (limits, calls, reason) in [(rate, 3, "RATE_LIMITED"), (quota, 2, "QUOTA_EXCEEDED")] {
        let form = KeyForm { name: "Limited".to_owned(), all_privileges: true, limits, ..KeyForm::default() };
        let key = format!("X-Api-Key: {}", place.issue(&form).await);
        for _ in 0..calls {
            // Turned away by the gateway's own rule, so it costs nothing.
            assert_eq!(place.caller.call("127.0.0.2", "GET /contacts//", &[&key]).await.status, 400);
            assert_eq!(place.caller.call("127.0.0.2", "GET /contacts", &[&key]).await.status, 200);
        }
        let answer = place.caller.call("127.0.0.2", "GET /contacts", &[&key]).await;
        assert_eq!((answer.status, answer.header("x-keyhatch-reason")), (429, Some(reason)), "{answer:?}");
    }
    assert_eq!(place.upstream.reached(), 5);
}

for_each_gateway!(limits_are_passed_on_to_the_caller, a_key_past_its_limit_gets_429);

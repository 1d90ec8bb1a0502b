//! Checks the limit of concurrent requests of one address. Only an echo server can hold requests open.

use std::time::Duration;

use tokio::time::Instant;

use super::cases::CaseContext;
use super::client::Client;
use super::echo::{EchoServer, HOLD};
use super::{Finding, FindingState};

const SUBJECT: &str = "requests at one time";
/// More concurrent requests could harm what else runs there.
const MAX_REQUESTS: u32 = 200;
/// How long the last of them may take to arrive.
const GATHERING_TIME: Duration = Duration::from_secs(2);

pub(super) async fn check_concurrency(
    client: &Client,
    echo: Option<&EchoServer>,
    context: &CaseContext<'_>,
) -> Finding {
    let wanted = context.gateway.concurrent_requests_per_address;
    let Some(echo) = echo else {
        return Finding::new(FindingState::NotChecked, SUBJECT, "only the upstream can keep calls waiting: use --echo");
    };
    if wanted > MAX_REQUESTS {
        return Finding::new(FindingState::NotChecked, SUBJECT, format!("{wanted} at once are not tried"));
    }
    let mut call = context.call(&[("x-api-key", context.keys.unrestricted())]);
    let joint = if call.target.contains('?') { '&' } else { '?' };
    call.target = format!("{}{joint}{HOLD}", call.target);
    let calls = (0..wanted.saturating_add(5)).map(|_| client.send(&call));
    let watching = async {
        let began = Instant::now();
        while began.elapsed() < GATHERING_TIME {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let held = echo.held();
        echo.release();
        held
    };
    let (_, held) = tokio::join!(futures_util::future::join_all(calls), watching);
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    match held {
        held if held == wanted => {
            Finding::new(FindingState::Passed, SUBJECT, format!("{held} are served, one more is not"))
        }
        held if held > wanted => {
            let message = format!("more than {wanted} of one address are served: limit them");
            Finding::new(FindingState::Failed, SUBJECT, message)
        }
        held => {
            let message = format!("only {held} of {wanted} are served; does something in front limit them further?");
            Finding::new(FindingState::Failed, SUBJECT, message)
        }
    }
}

//! Whether one address may have more requests under way than the policy says. Only an echo can keep them waiting.

use std::time::Duration;

use tokio::time::Instant;

use super::client::Client;
use super::echo::{Echo, HOLD};
use super::questions::Setting;
use super::{Finding, State};

const ABOUT: &str = "requests at one time";
/// More than this at once would be an attack on whatever else runs there.
const MOST: u32 = 200;
/// How long the last of them may take to arrive.
const GATHERING: Duration = Duration::from_secs(2);

pub(super) async fn check(client: &Client, echo: Option<&Echo>, setting: &Setting<'_>) -> Finding {
    let wanted = setting.gateway.concurrent_requests_per_address;
    let Some(echo) = echo else {
        return Finding::new(State::NotChecked, ABOUT, "only the upstream can keep calls waiting: use --echo");
    };
    if wanted > MOST {
        return Finding::new(State::NotChecked, ABOUT, format!("{wanted} at once are not tried"));
    }
    let mut call = setting.call(&[("x-api-key", setting.keys.open())]);
    let joint = if call.target.contains('?') { '&' } else { '?' };
    call.target = format!("{}{joint}{HOLD}", call.target);
    let calls = (0..wanted.saturating_add(5)).map(|_| client.send(&call));
    let watching = async {
        let began = Instant::now();
        while began.elapsed() < GATHERING {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let held = echo.held();
        echo.let_go();
        held
    };
    let (_, held) = tokio::join!(futures_util::future::join_all(calls), watching);
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    match held {
        held if held == wanted => Finding::new(State::Right, ABOUT, format!("{held} are served, one more is not")),
        held if held > wanted => {
            let told = format!("more than {wanted} of one address are served: limit them");
            Finding::new(State::Wrong, ABOUT, told)
        }
        held => {
            let told = format!("only {held} of {wanted} are served; does something in front limit them further?");
            Finding::new(State::Wrong, ABOUT, told)
        }
    }
}

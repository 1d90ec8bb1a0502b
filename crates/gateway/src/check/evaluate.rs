//! Compares an observation with the case's expectation. Nothing is sent here.

use super::echo::EchoedRequest;

/// The observed result of a call.
#[derive(Debug, Clone)]
pub(super) enum Observation {
    /// A response.
    Response {
        status: u16,
        reason: Option<String>,
        has_retry_after: bool,
        has_challenge: bool,
        /// The request at the echo server; absent if another server responded.
        upstream: Option<EchoedRequest>,
    },
    /// The connection ended without a response.
    NoResponse,
    /// No response in time.
    TimedOut,
}

/// The expected result of a call.
#[derive(Debug, Clone)]
pub(super) enum Expectation {
    /// The call reaches the upstream; otherwise the message.
    Allowed(&'static str),
    /// It does not, for any reason; otherwise the message.
    Refused(&'static str),
    /// It is refused with this status; otherwise the message.
    Status(u16, &'static str),
    /// 429 with `Retry-After` and the reason.
    RateLimited,
    /// It is refused, and the status does not blame the caller: 503.
    Unavailable,
    /// The upstream receives the identity from the gateway only: the true account, and the claim of the caller.
    Identity { account: String, claim: &'static str },
    /// The upstream does not see the credential.
    NoCredential,
}

/// The result of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Evaluation {
    Passed(String),
    Failed(String),
    NotChecked(String),
}

impl Observation {
    /// Whether the call reached the upstream. The echo server knows; without it, any response counts that is neither a refusal
    /// of the gate nor a failure of the gateway, even a 404.
    fn is_allowed(&self, has_echo: bool, mark: &str) -> bool {
        match self {
            Self::NoResponse | Self::TimedOut => false,
            Self::Response { upstream: Some(echoed), .. } if echoed.mark == mark => true,
            Self::Response { status, .. } if has_echo => (200..300).contains(status),
            Self::Response { status, reason, has_challenge, .. } => {
                reason.is_none() && !has_challenge && !matches!(status, 400 | 401 | 403 | 429 | 500..)
            }
        }
    }

    /// A description for messages.
    fn describe(&self) -> String {
        match self {
            Self::NoResponse => "the connection ended without an answer".to_owned(),
            Self::TimedOut => "no answer in 20 s".to_owned(),
            Self::Response { status, reason: Some(reason), .. } => format!("{status} {reason}"),
            Self::Response { status, .. } => status.to_string(),
        }
    }
}

impl Expectation {
    pub fn evaluate(&self, observation: &Observation, has_echo: bool, mark: &str) -> Evaluation {
        let is_allowed = observation.is_allowed(has_echo, mark);
        let description = observation.describe();
        match self {
            Self::Allowed(_) if is_allowed => Evaluation::Passed("let in".to_owned()),
            Self::Allowed(words) => Evaluation::Failed(format!("{description}: {words}")),
            Self::Refused(words) | Self::Status(_, words) if is_allowed => {
                Evaluation::Failed(format!("let in: {words}"))
            }
            Self::Refused(_) => Evaluation::Passed(format!("turned away ({description})")),
            Self::Status(status, words) => match observation {
                Observation::Response { status: observed, .. } if observed == status => Evaluation::Passed(description),
                _ => Evaluation::Failed(format!("{description} instead of {status}: {words}")),
            },
            Self::RateLimited => evaluate_limit(observation, is_allowed),
            Self::Unavailable => match observation {
                _ if is_allowed => {
                    Evaluation::Failed("let in: the gateway is open when the gate cannot answer".to_owned())
                }
                Observation::TimedOut => {
                    Evaluation::Failed("no answer in 20 s: give the question to the gate a time-out".to_owned())
                }
                _ => Evaluation::Passed(format!("turned away ({description})")),
            },
            Self::Identity { account, claim } => {
                evaluate_echo(observation, is_allowed, |echoed| evaluate_identity(echoed, account, claim))
            }
            Self::NoCredential => evaluate_echo(observation, is_allowed, |echoed| {
                let is_there = ["authorization", "x-api-key"].iter().any(|name| !echoed.header_values(name).is_empty());
                if is_there {
                    let words = "the upstream sees the key; take it off, or set gateway.pass_credential";
                    Evaluation::Failed(words.to_owned())
                } else {
                    Evaluation::Passed("the upstream sees no key".to_owned())
                }
            }),
        }
    }
}

fn evaluate_limit(observation: &Observation, is_allowed: bool) -> Evaluation {
    let Observation::Response { status, reason, has_retry_after, .. } = observation else {
        return Evaluation::Failed(observation.describe());
    };
    match status {
        _ if is_allowed => Evaluation::Failed("let in past its limit".to_owned()),
        429 if *has_retry_after && reason.is_some() => {
            Evaluation::Passed("429 with Retry-After and its reason".to_owned())
        }
        429 if *has_retry_after => Evaluation::Failed("429 without X-Keyhatch-Reason: pass it on".to_owned()),
        429 => Evaluation::Failed("429 without Retry-After: pass it on".to_owned()),
        500.. => {
            Evaluation::Failed(format!("{status} instead of 429: callers take it for a failure and try again at once"))
        }
        _ => Evaluation::Failed(format!(
            "{} instead of 429: callers do not learn that waiting helps",
            observation.describe()
        )),
    }
}

/// Evaluates the request that reached the echo server.
fn evaluate_echo(
    observation: &Observation,
    is_allowed: bool,
    evaluate: impl FnOnce(&EchoedRequest) -> Evaluation,
) -> Evaluation {
    match observation {
        Observation::Response { upstream: Some(echoed), .. } if !echoed.headers.is_empty() => evaluate(echoed),
        _ if is_allowed => Evaluation::NotChecked("only the upstream sees that: use --echo".to_owned()),
        // Refused because of its claim, which was therefore not trusted.
        _ => Evaluation::Passed(format!("turned away ({})", observation.describe())),
    }
}

fn evaluate_identity(echoed: &EchoedRequest, account: &str, claim: &str) -> Evaluation {
    let names = ["key-id", "key-name", "account", "environment", "privileges"].map(|name| format!("x-keyhatch-{name}"));
    if let Some(name) = names.iter().find(|name| echoed.header_values(name).iter().any(|value| value.contains(claim))) {
        return Evaluation::Failed(format!("{name} of the caller reaches the upstream: set it from the gate's answer"));
    }
    if echoed.header_values("x-keyhatch-account") == [account] {
        Evaluation::Passed("the upstream learns who called from the gate".to_owned())
    } else {
        Evaluation::Failed("X-Keyhatch-Account does not reach the upstream: set it from the gate's answer".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::FindingState;

    impl Evaluation {
        fn state(&self) -> FindingState {
            match self {
                Self::Passed(_) => FindingState::Passed,
                Self::Failed(_) => FindingState::Failed,
                Self::NotChecked(_) => FindingState::NotChecked,
            }
        }
    }

    fn response(status: u16, reason: Option<&str>) -> Observation {
        Observation::Response {
            status,
            reason: reason.map(str::to_owned),
            has_retry_after: reason == Some("RATE_LIMITED"),
            has_challenge: status == 401,
            upstream: None,
        }
    }

    fn echoed(headers: &[(&str, &str)]) -> Observation {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let upstream = Some(EchoedRequest { mark: "m".to_owned(), headers });
        Observation::Response { status: 200, reason: None, has_retry_after: false, has_challenge: false, upstream }
    }

    #[test]
    fn observations_are_evaluated() {
        use FindingState::{Failed, NotChecked, Passed};
        let identity = || Expectation::Identity { account: "acc_1".to_owned(), claim: "spoofed" };
        for (expectation, observation, has_echo, state) in [
            (Expectation::Allowed(""), response(200, None), false, Passed),
            (Expectation::Allowed(""), response(404, None), false, Passed),
            (Expectation::Allowed(""), response(404, None), true, Failed),
            (Expectation::Allowed(""), response(401, None), false, Failed),
            (Expectation::Allowed(""), echoed(&[]), true, Passed),
            (Expectation::Refused(""), response(200, None), true, Failed),
            (Expectation::Refused(""), response(403, Some("IP_NOT_ALLOWED")), true, Passed),
            (Expectation::Refused(""), Observation::NoResponse, false, Passed),
            (Expectation::Refused(""), echoed(&[]), true, Failed),
            (Expectation::Status(403, ""), response(403, None), false, Passed),
            (Expectation::Status(403, ""), response(500, None), false, Failed),
            (Expectation::Status(403, ""), response(200, None), false, Failed),
            (Expectation::RateLimited, response(429, Some("RATE_LIMITED")), false, Passed),
            (Expectation::RateLimited, response(429, None), false, Failed),
            (Expectation::RateLimited, response(500, None), false, Failed),
            (Expectation::RateLimited, response(403, Some("RATE_LIMITED")), false, Failed),
            (Expectation::RateLimited, response(200, None), false, Failed),
            (Expectation::RateLimited, Observation::TimedOut, false, Failed),
            (Expectation::Unavailable, response(503, None), false, Passed),
            (Expectation::Unavailable, Observation::TimedOut, false, Failed),
            (Expectation::Unavailable, response(204, None), false, Failed),
            (identity(), echoed(&[("x-keyhatch-account", "acc_1")]), true, Passed),
            (identity(), echoed(&[("x_keyhatch_account", "spoofed"), ("x-keyhatch-account", "acc_1")]), true, Failed),
            (identity(), echoed(&[("x-keyhatch-account", "acc_1"), ("x-keyhatch-account", "spoofed")]), true, Failed),
            (identity(), echoed(&[("host", "a")]), true, Failed),
            (identity(), response(200, None), false, NotChecked),
            (identity(), response(400, None), true, Passed),
            (Expectation::NoCredential, echoed(&[("host", "a")]), true, Passed),
            (Expectation::NoCredential, echoed(&[("x-api-key", "kh")]), true, Failed),
            (Expectation::NoCredential, response(200, None), false, NotChecked),
        ] {
            let evaluation = expectation.evaluate(&observation, has_echo, "m");
            assert_eq!(evaluation.state(), state, "{expectation:?} {observation:?} {evaluation:?}");
        }
    }
}

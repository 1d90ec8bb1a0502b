//! What an answer says about a gateway. Nothing is sent here: a question's expectation and what was seen make a
//! judgement.

use super::echo::Arrived;

/// What came back of a call.
#[derive(Debug, Clone)]
pub(super) enum Seen {
    /// An answer.
    Answer {
        status: u16,
        reason: Option<String>,
        has_retry_after: bool,
        has_challenge: bool,
        /// What the echo says; absent if another server answered.
        upstream: Option<Arrived>,
    },
    /// The connection ended without one.
    Nothing,
    /// There was none in time.
    TooSlow,
}

/// What should come back.
#[derive(Debug, Clone)]
pub(super) enum Expected {
    /// The call gets to the upstream; else the words.
    LetIn(&'static str),
    /// It does not, for whatever reason; else the words.
    TurnedAway(&'static str),
    /// It does not, with this status; else the words.
    Status(u16, &'static str),
    /// 429 with `Retry-After` and the reason.
    Limit,
    /// No way in, and the caller is told that it is not its fault: 503.
    CannotKnow,
    /// The upstream learns who called from the gateway alone: header, what the caller claimed, what is true.
    Identity { account: String, claim: &'static str },
    /// The upstream does not see the credential.
    NoCredential,
}

/// A finding without its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Judgement {
    Right(String),
    Wrong(String),
    NotChecked(String),
}

impl Seen {
    /// Whether the call got to the upstream. With an echo that is known; without one an answer that is none of the
    /// gate's refusals and no failure of the gateway counts as the upstream's, be it 404.
    fn is_let_in(&self, has_echo: bool, mark: &str) -> bool {
        match self {
            Self::Nothing | Self::TooSlow => false,
            Self::Answer { upstream: Some(arrived), .. } if arrived.mark == mark => true,
            Self::Answer { status, .. } if has_echo => (200..300).contains(status),
            Self::Answer { status, reason, has_challenge, .. } => {
                reason.is_none() && !has_challenge && !matches!(status, 400 | 401 | 403 | 429 | 500..)
            }
        }
    }

    /// In words.
    fn told(&self) -> String {
        match self {
            Self::Nothing => "the connection ended without an answer".to_owned(),
            Self::TooSlow => "no answer in 20 s".to_owned(),
            Self::Answer { status, reason: Some(reason), .. } => format!("{status} {reason}"),
            Self::Answer { status, .. } => status.to_string(),
        }
    }
}

impl Expected {
    pub fn judge(&self, seen: &Seen, has_echo: bool, mark: &str) -> Judgement {
        let let_in = seen.is_let_in(has_echo, mark);
        let told = seen.told();
        match self {
            Self::LetIn(_) if let_in => Judgement::Right("let in".to_owned()),
            Self::LetIn(words) => Judgement::Wrong(format!("{told}: {words}")),
            Self::TurnedAway(words) | Self::Status(_, words) if let_in => Judgement::Wrong(format!("let in: {words}")),
            Self::TurnedAway(_) => Judgement::Right(format!("turned away ({told})")),
            Self::Status(status, words) => match seen {
                Seen::Answer { status: seen, .. } if seen == status => Judgement::Right(told),
                _ => Judgement::Wrong(format!("{told} instead of {status}: {words}")),
            },
            Self::Limit => limit(seen, let_in),
            Self::CannotKnow => match seen {
                _ if let_in => Judgement::Wrong("let in: the gateway is open when the gate cannot answer".to_owned()),
                Seen::TooSlow => {
                    Judgement::Wrong("no answer in 20 s: give the question to the gate a time-out".to_owned())
                }
                _ => Judgement::Right(format!("turned away ({told})")),
            },
            Self::Identity { account, claim } => arrived(seen, let_in, |arrived| identity(arrived, account, claim)),
            Self::NoCredential => arrived(seen, let_in, |arrived| {
                let is_there = ["authorization", "x-api-key"].iter().any(|name| !arrived.values(name).is_empty());
                if is_there {
                    let words = "the upstream sees the key; take it off, or set gateway.pass_credential";
                    Judgement::Wrong(words.to_owned())
                } else {
                    Judgement::Right("the upstream sees no key".to_owned())
                }
            }),
        }
    }
}

fn limit(seen: &Seen, let_in: bool) -> Judgement {
    let Seen::Answer { status, reason, has_retry_after, .. } = seen else { return Judgement::Wrong(seen.told()) };
    match status {
        _ if let_in => Judgement::Wrong("let in past its limit".to_owned()),
        429 if *has_retry_after && reason.is_some() => {
            Judgement::Right("429 with Retry-After and its reason".to_owned())
        }
        429 if *has_retry_after => Judgement::Wrong("429 without X-Keyhatch-Reason: pass it on".to_owned()),
        429 => Judgement::Wrong("429 without Retry-After: pass it on".to_owned()),
        500.. => {
            Judgement::Wrong(format!("{status} instead of 429: callers take it for a failure and try again at once"))
        }
        _ => Judgement::Wrong(format!("{} instead of 429: callers do not learn that waiting helps", seen.told())),
    }
}

/// Judges what reached the echo.
fn arrived(seen: &Seen, let_in: bool, judge: impl FnOnce(&Arrived) -> Judgement) -> Judgement {
    match seen {
        Seen::Answer { upstream: Some(arrived), .. } if !arrived.headers.is_empty() => judge(arrived),
        _ if let_in => Judgement::NotChecked("only the upstream sees that: use --echo".to_owned()),
        // Refused for what it claims: nothing was believed.
        _ => Judgement::Right(format!("turned away ({})", seen.told())),
    }
}

fn identity(arrived: &Arrived, account: &str, claim: &str) -> Judgement {
    let names = ["key-id", "key-name", "account", "environment", "privileges"].map(|name| format!("x-keyhatch-{name}"));
    if let Some(name) = names.iter().find(|name| arrived.values(name).iter().any(|value| value.contains(claim))) {
        return Judgement::Wrong(format!("{name} of the caller reaches the upstream: set it from the gate's answer"));
    }
    if arrived.values("x-keyhatch-account") == [account] {
        Judgement::Right("the upstream learns who called from the gate".to_owned())
    } else {
        Judgement::Wrong("X-Keyhatch-Account does not reach the upstream: set it from the gate's answer".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::State;

    impl Judgement {
        fn state(&self) -> State {
            match self {
                Self::Right(_) => State::Right,
                Self::Wrong(_) => State::Wrong,
                Self::NotChecked(_) => State::NotChecked,
            }
        }
    }

    fn answer(status: u16, reason: Option<&str>) -> Seen {
        Seen::Answer {
            status,
            reason: reason.map(str::to_owned),
            has_retry_after: reason == Some("RATE_LIMITED"),
            has_challenge: status == 401,
            upstream: None,
        }
    }

    fn echoed(headers: &[(&str, &str)]) -> Seen {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let upstream = Some(Arrived { mark: "m".to_owned(), headers });
        Seen::Answer { status: 200, reason: None, has_retry_after: false, has_challenge: false, upstream }
    }

    #[test]
    fn each_answer_is_judged() {
        use State::{NotChecked, Right, Wrong};
        let identity = || Expected::Identity { account: "acc_1".to_owned(), claim: "spoofed" };
        for (expected, seen, has_echo, state) in [
            (Expected::LetIn(""), answer(200, None), false, Right),
            (Expected::LetIn(""), answer(404, None), false, Right),
            (Expected::LetIn(""), answer(404, None), true, Wrong),
            (Expected::LetIn(""), answer(401, None), false, Wrong),
            (Expected::LetIn(""), echoed(&[]), true, Right),
            (Expected::TurnedAway(""), answer(200, None), true, Wrong),
            (Expected::TurnedAway(""), answer(403, Some("IP_NOT_ALLOWED")), true, Right),
            (Expected::TurnedAway(""), Seen::Nothing, false, Right),
            (Expected::TurnedAway(""), echoed(&[]), true, Wrong),
            (Expected::Status(403, ""), answer(403, None), false, Right),
            (Expected::Status(403, ""), answer(500, None), false, Wrong),
            (Expected::Status(403, ""), answer(200, None), false, Wrong),
            (Expected::Limit, answer(429, Some("RATE_LIMITED")), false, Right),
            (Expected::Limit, answer(429, None), false, Wrong),
            (Expected::Limit, answer(500, None), false, Wrong),
            (Expected::Limit, answer(403, Some("RATE_LIMITED")), false, Wrong),
            (Expected::Limit, answer(200, None), false, Wrong),
            (Expected::Limit, Seen::TooSlow, false, Wrong),
            (Expected::CannotKnow, answer(503, None), false, Right),
            (Expected::CannotKnow, Seen::TooSlow, false, Wrong),
            (Expected::CannotKnow, answer(204, None), false, Wrong),
            (identity(), echoed(&[("x-keyhatch-account", "acc_1")]), true, Right),
            (identity(), echoed(&[("x_keyhatch_account", "spoofed"), ("x-keyhatch-account", "acc_1")]), true, Wrong),
            (identity(), echoed(&[("x-keyhatch-account", "acc_1"), ("x-keyhatch-account", "spoofed")]), true, Wrong),
            (identity(), echoed(&[("host", "a")]), true, Wrong),
            (identity(), answer(200, None), false, NotChecked),
            (identity(), answer(400, None), true, Right),
            (Expected::NoCredential, echoed(&[("host", "a")]), true, Right),
            (Expected::NoCredential, echoed(&[("x-api-key", "kh")]), true, Wrong),
            (Expected::NoCredential, answer(200, None), false, NotChecked),
        ] {
            let judgement = expected.judge(&seen, has_echo, "m");
            assert_eq!(judgement.state(), state, "{expected:?} {seen:?} {judgement:?}");
        }
    }
}

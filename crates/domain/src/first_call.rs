//! What a page shows of the first call with a new secret: still awaited, allowed, or refused and why. Watching calls is
//! up to the gate, and who may ask is up to `service`.

use serde::{Deserialize, Serialize};

use crate::texts::first_call as texts;
use crate::time::Millis;
use crate::verdict::{Channel, VerdictCode};

/// The advice where nothing has to change any more.
pub fn advise_again() -> &'static str {
    texts::send_again()
}

/// The first call with a key's current secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstCall {
    /// No call has arrived that proved the secret.
    Waiting,
    /// A call was allowed. Later ones do not change this.
    Allowed {
        /// When.
        at: Millis,
        /// The caller's address, if it was known.
        address: Option<String>,
    },
    /// All calls were refused so far; this is the last of them.
    Refused {
        /// When.
        at: Millis,
        /// The caller's address, if it was known.
        address: Option<String>,
        /// The verdict at that time. [`VerdictCode::NotFound`] means that the secret was right and the name was not.
        code: VerdictCode,
        /// The privilege that the call needed, if any.
        privilege: Option<String>,
        /// The channel that the call came through, if it was named.
        channel: Option<Channel>,
        /// The one thing to change, judged by the key as it is now.
        advice: String,
        /// The caller's address, if adding it to the whitelist is all that is needed and the reader may do that.
        can_allow_address: Option<String>,
    },
}

/// The advice for a call that sent the right secret with another name than the key's.
pub fn advise_name(name: &str) -> String {
    texts::send_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_round_trips() {
        let address = Some("203.0.113.7".to_owned());
        for state in [
            FirstCall::Waiting,
            FirstCall::Allowed { at: 1, address: address.clone() },
            FirstCall::Allowed { at: 1, address: None },
            FirstCall::Refused {
                at: 1,
                address: address.clone(),
                code: VerdictCode::IpNotAllowed,
                privilege: Some("contacts:read".to_owned()),
                channel: Some(Channel::WebService),
                advice: advise_again().to_owned(),
                can_allow_address: address,
            },
        ] {
            let json = serde_json::to_string(&state).expect("JSON");
            assert_eq!(serde_json::from_str::<FirstCall>(&json).expect("the same"), state, "{json}");
        }
    }
}

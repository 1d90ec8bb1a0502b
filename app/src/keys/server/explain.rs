//! `POST /api/console/keys/explain`: what the gate would answer to a call, and why.

use crate::AppError;
use crate::wire::JsonCall;
use domain::explain::Explanation;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A call that somebody thinks of, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TestForm {
    /// Where it would come from; empty if that is not known.
    pub address: String,
    /// The privilege that it would need; empty for none.
    pub privilege: String,
    /// The channel that it would come through; empty if none is named.
    pub channel: String,
    /// How much of the limits it would use.
    pub cost: String,
}

/// Explains the gate's answer; nothing is counted.
#[server(prefix = "/api/console", endpoint = "keys/explain", protocol = JsonCall)]
pub async fn explain_key(id: String, form: TestForm) -> Result<Explanation, AppError> {
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    let question = form.question().map_err(|errors| fail(AppError::Invalid(errors)))?;
    app_state()?.keyhatch.explain_key(&actor, &account, &id, &question).await.map_err(fail)
}

#[cfg(feature = "ssr")]
impl TestForm {
    fn question(&self) -> Result<domain::explain::HypotheticalCall<'_>, domain::form::FieldErrors> {
        use domain::address::parse_client_address;
        use domain::form::FieldErrors;
        use domain::limits::COST_MAX;
        use domain::verdict::Channel;

        let address = match self.address.trim() {
            "" => None,
            typed => Some(parse_client_address(typed).map_err(|_| {
                FieldErrors::one("address", "Write one address, such as 203.0.113.7, without a port or a mask.")
            })?),
        };
        let cost: String = self.cost.chars().filter(|character| !matches!(character, ',' | ' ')).collect();
        let cost = cost.parse().ok().filter(|cost| *cost <= COST_MAX);
        let channel = Some(self.channel.as_str()).filter(|channel| !channel.is_empty());
        let unknown = || FieldErrors::one("channel", "There is no such channel. Choose one from the list.");
        Ok(domain::explain::HypotheticalCall {
            address,
            privilege: Some(self.privilege.as_str()).filter(|privilege| !privilege.is_empty()),
            channel: channel.map(|channel| Channel::parse(channel).ok_or_else(unknown)).transpose()?,
            cost: cost.ok_or_else(|| {
                FieldErrors::one("cost", "Write a whole number from 0 to 1,000,000; most calls cost 1.")
            })?,
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::TestForm;

    fn form(address: &str, cost: &str) -> TestForm {
        TestForm { address: address.into(), cost: cost.into(), ..TestForm::default() }
    }

    #[test]
    fn a_question_is_read_as_typed() {
        let typed = TestForm { channel: "ftp".into(), ..form(" 203.0.113.7 ", "1,000,000") };
        let question = typed.question().expect("a good question");
        assert_eq!(question.address, "203.0.113.7".parse().ok());
        assert_eq!((question.cost, question.privilege), (1_000_000, None));
        assert!(question.channel.is_some());
        assert!(form("", "0").question().expect("a good question").address.is_none());
    }

    #[test]
    fn what_is_no_address_or_cost_is_told_at_its_field() {
        for (address, cost, field) in [
            ("203.0.113.7:80", "1", "address"),
            ("10.0.0.0/8", "1", "address"),
            ("203.0.113.7", "1000001", "cost"),
            ("203.0.113.7", "-1", "cost"),
            ("203.0.113.7", "", "cost"),
        ] {
            let errors = form(address, cost).question().expect_err("a bad question");
            assert!(errors.get(field).is_some(), "{address} {cost}");
        }
        let typed = TestForm { channel: "smtp".into(), ..form("", "1") };
        assert!(typed.question().expect_err("no such channel").get("channel").is_some());
    }
}

//! A hypothetical call as typed, and its parsing. How the gate would answer it is the service's to say.

use serde::{Deserialize, Serialize};

/// A hypothetical call, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExplainForm {
    /// The caller's address; empty if unknown.
    pub address: String,
    /// The privilege that the call needs; empty for none.
    pub privilege: String,
    /// The channel; empty for none.
    pub channel: String,
    /// How many units of the limits it costs.
    pub cost: String,
}

#[cfg(feature = "ssr")]
impl ExplainForm {
    /// The call that the form describes.
    ///
    /// # Errors
    /// One message per invalid field.
    pub(super) fn call(&self) -> Result<domain::explain::HypotheticalCall<'_>, domain::form::FieldErrors> {
        use crate::text::explain_form as text;
        use domain::address::parse_client_address;
        use domain::form::FieldErrors;
        use domain::limits::COST_MAX;
        use domain::verdict::Channel;

        let address = match self.address.trim() {
            "" => None,
            typed => Some(parse_client_address(typed).map_err(|_| FieldErrors::one("address", text::address_wrong()))?),
        };
        let cost: String = self.cost.chars().filter(|character| !matches!(character, ',' | ' ')).collect();
        let cost = cost.parse().ok().filter(|cost| *cost <= COST_MAX);
        let channel = Some(self.channel.as_str()).filter(|channel| !channel.is_empty());
        let unknown = || FieldErrors::one("channel", text::channel_unknown());
        Ok(domain::explain::HypotheticalCall {
            address,
            privilege: Some(self.privilege.as_str()).filter(|privilege| !privilege.is_empty()),
            channel: channel.map(|channel| Channel::parse(channel).ok_or_else(unknown)).transpose()?,
            cost: cost.ok_or_else(|| FieldErrors::one("cost", text::cost_wrong()))?,
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::ExplainForm;

    fn form(address: &str, cost: &str) -> ExplainForm {
        ExplainForm { address: address.into(), cost: cost.into(), ..ExplainForm::default() }
    }

    #[test]
    fn typed_values_are_parsed() {
        let typed = ExplainForm { channel: "ftp".into(), ..form(" 203.0.113.7 ", "1,000,000") };
        let call = typed.call().expect("a good question");
        assert_eq!(call.address, "203.0.113.7".parse().ok());
        assert_eq!((call.cost, call.privilege), (1_000_000, None));
        assert!(call.channel.is_some());
        assert!(form("", "0").call().expect("a good question").address.is_none());
    }

    #[test]
    fn invalid_values_are_reported_at_their_field() {
        for (address, cost, field) in [
            ("203.0.113.7:80", "1", "address"),
            ("10.0.0.0/8", "1", "address"),
            ("203.0.113.7", "1000001", "cost"),
            ("203.0.113.7", "-1", "cost"),
            ("203.0.113.7", "", "cost"),
        ] {
            let errors = form(address, cost).call().expect_err("a bad question");
            assert!(errors.get(field).is_some(), "{address} {cost}");
        }
        let typed = ExplainForm { channel: "smtp".into(), ..form("", "1") };
        assert!(typed.call().expect_err("no such channel").get("channel").is_some());
    }
}

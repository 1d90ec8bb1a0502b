//! `keyhatch key create`. The key goes to standard output, once, and nowhere else.

use domain::form::KeyForm;
use domain::limits::LimitsForm;
use secrecy::ExposeSecret as _;
use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::CreateKey;

pub(super) async fn create(keyhatch: &Keyhatch, asked: &CreateKey) -> Result<(), Failure> {
    let form = KeyForm {
        name: asked.name.clone(),
        whitelist: asked.whitelist.join("\n"),
        all_privileges: asked.all_privileges,
        privileges: asked.privilege.clone(),
        environment: asked
            .environment
            .unwrap_or_else(|| keyhatch.policy().environments.first().copied().unwrap_or_default()),
        expires: asked.expires.clone(),
        limits: LimitsForm {
            second: asked.per_second.clone(),
            minute: asked.per_minute.clone(),
            hour: asked.per_hour.clone(),
            day: asked.per_day.clone(),
            uses: asked.uses.clone(),
            refill: asked.refill,
        },
    };
    let issued = keyhatch
        .keys()
        .create(&Actor::Operator, &asked.account, &form)
        .await
        .map_err(|error| Failure::of(error, flag))?;
    println!("{}", json!({ "id": issued.key.id, "key": issued.secret.expose_secret() }));
    Ok(())
}

fn flag(field: &str) -> &'static str {
    match field {
        "name" => "--name",
        "whitelist" => "--whitelist",
        "privileges" => "--privilege",
        "environment" => "--environment",
        "expires" => "--expires",
        "second" => "--per-second",
        "minute" => "--per-minute",
        "hour" => "--per-hour",
        "day" => "--per-day",
        "uses" => "--uses",
        _ => "",
    }
}

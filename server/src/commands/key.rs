//! `keyhatch key create`: prints the new key to standard output, its only appearance.

use domain::form::KeyForm;
use domain::limits::LimitsForm;
use secrecy::ExposeSecret as _;
use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::CreateKey;

pub(super) async fn create(keyhatch: &Keyhatch, args: &CreateKey) -> Result<(), Failure> {
    let form = KeyForm {
        name: args.name.clone(),
        whitelist: args.whitelist.join("\n"),
        all_privileges: args.all_privileges,
        privileges: args.privilege.clone(),
        environment: args
            .environment
            .unwrap_or_else(|| keyhatch.policy().environments.first().copied().unwrap_or_default()),
        expires: args.expires.clone(),
        limits: LimitsForm {
            second: args.per_second.clone(),
            minute: args.per_minute.clone(),
            hour: args.per_hour.clone(),
            day: args.per_day.clone(),
            uses: args.uses.clone(),
            refill: args.refill,
        },
    };
    let issued = keyhatch
        .keys()
        .create(&Actor::Operator, &args.account, &form)
        .await
        .map_err(|error| Failure::from_service(error, flag_of))?;
    println!("{}", json!({ "id": issued.key.id, "key": issued.secret.expose_secret() }));
    Ok(())
}

fn flag_of(field: &str) -> &'static str {
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

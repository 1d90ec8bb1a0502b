//! `keyhatch account create`.

use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::CreateAccount;

pub(super) async fn create(keyhatch: &Keyhatch, args: &CreateAccount) -> Result<(), Failure> {
    let id = keyhatch
        .accounts()
        .create(&Actor::Operator, &args.name, args.parent.as_deref())
        .await
        .map_err(|error| Failure::from_service(error, flag_of))?;
    println!("{}", json!({ "id": id }));
    Ok(())
}

fn flag_of(field: &str) -> &'static str {
    match field {
        "account_name" | "name" => "--name",
        "parent" => "--parent",
        _ => "",
    }
}

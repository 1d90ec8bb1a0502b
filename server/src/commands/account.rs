//! `keyhatch account create`.

use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::CreateAccount;

pub(super) async fn create(keyhatch: &Keyhatch, asked: &CreateAccount) -> Result<(), Failure> {
    let id = keyhatch
        .accounts()
        .create(&Actor::Operator, &asked.name, asked.parent.as_deref())
        .await
        .map_err(|error| Failure::of(error, flag))?;
    println!("{}", json!({ "id": id }));
    Ok(())
}

fn flag(field: &str) -> &'static str {
    match field {
        "account_name" | "name" => "--name",
        "parent" => "--parent",
        _ => "",
    }
}

//! `keyhatch token …`. A new token is printed to standard output, its only appearance.

use domain::time::iso;
use secrecy::ExposeSecret as _;
use serde_json::json;
use service::actor::Actor;
use service::{Error, Keyhatch};

use super::failure::Failure;
use crate::cli::{CreateToken, DeleteToken};

pub(super) async fn create(keyhatch: &Keyhatch, args: &CreateToken) -> Result<(), Failure> {
    let made = keyhatch
        .operator_tokens()
        .create(&Actor::Operator, &args.name)
        .await
        .map_err(|error| Failure::from_service(error, flag_of))?;
    println!("{}", json!({ "id": made.id, "token": made.value.expose_secret() }));
    Ok(())
}

pub(super) async fn list(keyhatch: &Keyhatch) -> Result<(), Failure> {
    let tokens = keyhatch
        .operator_tokens()
        .list(&Actor::Operator)
        .await
        .map_err(|error| Failure::from_service(error, flag_of))?;
    for token in tokens {
        let (made, revoked) = (iso(token.created_at), token.deleted_at.map(iso));
        let line = json!({
            "id": token.id, "name": token.name, "masked": token.masked, "created_at": made, "revoked_at": revoked,
        });
        println!("{line}");
    }
    Ok(())
}

pub(super) async fn delete(keyhatch: &Keyhatch, args: &DeleteToken) -> Result<(), Failure> {
    match keyhatch.operator_tokens().delete(&Actor::Operator, &args.id).await {
        Ok(()) => Ok(()),
        Err(Error::NotFound) => Err(Failure::input(format!("There is no token {} that still works.", args.id))),
        Err(error) => Err(Failure::from_service(error, flag_of)),
    }
}

fn flag_of(field: &str) -> &'static str {
    match field {
        "name" => "--name",
        _ => "",
    }
}

//! `keyhatch token …`. The token goes to standard output, once, and nowhere else.

use domain::time::iso;
use secrecy::ExposeSecret as _;
use serde_json::json;
use service::actor::Actor;
use service::{Error, Keyhatch};

use super::failure::Failure;
use crate::cli::{CreateToken, RevokeToken};

pub(super) async fn create(keyhatch: &Keyhatch, asked: &CreateToken) -> Result<(), Failure> {
    let made = keyhatch
        .identity()
        .create_token(&Actor::Operator, &asked.name)
        .await
        .map_err(|error| Failure::of(error, flag))?;
    println!("{}", json!({ "id": made.id, "token": made.value.expose_secret() }));
    Ok(())
}

pub(super) async fn list(keyhatch: &Keyhatch) -> Result<(), Failure> {
    let tokens = keyhatch.identity().list_tokens(&Actor::Operator).await.map_err(|error| Failure::of(error, flag))?;
    for token in tokens {
        let (made, revoked) = (iso(token.created_at), token.deleted_at.map(iso));
        let line = json!({
            "id": token.id, "name": token.name, "masked": token.masked, "created_at": made, "revoked_at": revoked,
        });
        println!("{line}");
    }
    Ok(())
}

pub(super) async fn revoke(keyhatch: &Keyhatch, asked: &RevokeToken) -> Result<(), Failure> {
    match keyhatch.identity().delete_token(&Actor::Operator, &asked.id).await {
        Ok(()) => Ok(()),
        Err(Error::NotFound) => Err(Failure::input(format!("There is no token {} that still works.", asked.id))),
        Err(error) => Err(Failure::of(error, flag)),
    }
}

fn flag(field: &str) -> &'static str {
    match field {
        "name" => "--name",
        _ => "",
    }
}

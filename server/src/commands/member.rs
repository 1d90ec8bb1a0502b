//! `keyhatch member …`. Passwords are read from standard input: arguments are visible to other users and kept in histories.

use std::io::{BufRead, IsTerminal as _};

use domain::time::iso;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::{CreateMember, ListMembers, OneMember, ResetPassword};
use crate::config::Config;

/// Longest input, bytes: more than any password.
const INPUT_MAX: u64 = 4096;

pub(super) async fn create(keyhatch: &Keyhatch, args: &CreateMember) -> Result<(), Failure> {
    let password = prompt_password()?;
    let id = keyhatch
        .members()
        .create(&Actor::Operator, &args.account, &args.email, args.role, &password)
        .await
        .map_err(|error| Failure::from_service(error, flag_of))?;
    println!("{}", json!({ "id": id }));
    Ok(())
}

/// Prints one line of JSON for each member.
pub(super) async fn list(keyhatch: &Keyhatch, args: &ListMembers) -> Result<(), Failure> {
    let found = keyhatch.members().list(&Actor::Operator, &args.account).await;
    for member in found.map_err(|error| Failure::from_service(error, flag_of))?.members {
        let line = json!({
            "id": member.id,
            "email": member.email,
            "role": member.role.as_str(),
            "joined": iso(member.joined_at),
            "last_signed_in": member.last_sign_in_at.map(iso),
            "two_factor": member.has_two_factor,
        });
        println!("{line}");
    }
    Ok(())
}

pub(super) async fn delete(keyhatch: &Keyhatch, args: &OneMember) -> Result<(), Failure> {
    let (id, account) = find(keyhatch, args).await?;
    keyhatch
        .members()
        .delete(&Actor::Operator, &account, &id)
        .await
        .map_err(|error| Failure::from_service(error, flag_of))
}

pub(super) async fn reset_password(keyhatch: &Keyhatch, args: &ResetPassword) -> Result<(), Failure> {
    find(keyhatch, &args.member).await?;
    let password = prompt_password()?;
    let done = keyhatch.members().reset_password(&Actor::Operator, &args.member.email, &password).await;
    done.map_err(|error| Failure::from_service(error, flag_of))
}

/// Prints a link with which the member chooses a new password.
pub(super) async fn create_reset_link(
    keyhatch: &Keyhatch,
    config: &Config,
    args: &ResetPassword,
) -> Result<(), Failure> {
    let (id, account) = find(keyhatch, &args.member).await?;
    let created = keyhatch.members().create_reset_link(&Actor::Operator, &account, &id).await;
    let created = created.map_err(|error| Failure::from_service(error, flag_of))?;
    let link = format!("{}/reset-password?token={}", config.public_url.origin(), created.token.expose_secret());
    println!("{}", json!({ "link": link, "expires": iso(created.expires_at) }));
    Ok(())
}

pub(super) async fn reset_two_factor(keyhatch: &Keyhatch, args: &OneMember) -> Result<(), Failure> {
    find(keyhatch, args).await?;
    let done = keyhatch.members().reset_two_factor(&Actor::Operator, &args.email).await;
    done.map_err(|error| Failure::from_service(error, flag_of))
}

/// The id and the account of the member, who must belong to the account that was named, if one was.
async fn find(keyhatch: &Keyhatch, args: &OneMember) -> Result<(String, String), Failure> {
    let found = keyhatch.members().find_by_email(&Actor::Operator, &args.email).await;
    let (id, account) = found.map_err(|error| Failure::from_service(error, flag_of))?;
    if args.account.as_ref().is_some_and(|named| *named != account) {
        return Err(Failure::input(format!("--email: {} is not a member of this account.", args.email)));
    }
    Ok((id, account))
}

fn flag_of(field: &str) -> &'static str {
    match field {
        "account" => "--account",
        "email" => "--email",
        "password" => "password",
        _ => "",
    }
}

fn prompt_password() -> Result<SecretString, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("Password (visible as you type): ");
    }
    read_password(stdin.lock())
}

fn read_password(input: impl BufRead) -> Result<SecretString, Failure> {
    let mut line = Vec::new();
    input
        .take(INPUT_MAX)
        .read_until(b'\n', &mut line)
        .map_err(|error| Failure::other(format!("standard input: {error}")))?;
    while matches!(line.last(), Some(b'\n' | b'\r')) {
        line.pop();
    }
    if line.is_empty() {
        return Err(Failure::input("password: Write the password on standard input, in one line."));
    }
    let text = String::from_utf8(line).map_err(|_| Failure::input("password: It must be UTF-8."))?;
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_end_is_not_part_of_the_password() {
        for input in ["correct horse ", "correct horse \n", "correct horse \r\n", "correct horse \nmore"] {
            let password = read_password(input.as_bytes()).expect("a password");
            assert_eq!(password.expose_secret(), "correct horse ");
        }
        assert!(read_password(&b""[..]).is_err());
        assert!(read_password(&b"\n"[..]).is_err());
        assert!(read_password(&b"\xff\n"[..]).is_err());
    }
}

//! `keyhatch member …`. A password comes on standard input: arguments are seen by others and kept in histories.

use std::io::{BufRead, IsTerminal as _};

use domain::time::iso;
use secrecy::SecretString;
use serde_json::json;
use service::Keyhatch;
use service::actor::Actor;

use super::failure::Failure;
use crate::cli::{CreateMember, ListMembers, OneMember};

/// More than any password has, bytes.
const INPUT_MAX: u64 = 4096;

pub(super) async fn create(keyhatch: &Keyhatch, asked: &CreateMember) -> Result<(), Failure> {
    let password = ask_password()?;
    let id = keyhatch
        .members()
        .create(&Actor::Operator, &asked.account, &asked.email, asked.role, &password)
        .await
        .map_err(|error| Failure::of(error, flag))?;
    println!("{}", json!({ "id": id }));
    Ok(())
}

/// One line of JSON for each member.
pub(super) async fn list(keyhatch: &Keyhatch, asked: &ListMembers) -> Result<(), Failure> {
    let found = keyhatch.members().list(&Actor::Operator, &asked.account).await;
    for member in found.map_err(|error| Failure::of(error, flag))?.members {
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

pub(super) async fn remove(keyhatch: &Keyhatch, asked: &OneMember) -> Result<(), Failure> {
    let found = keyhatch.members().find_by_email(&Actor::Operator, &asked.email).await;
    let (id, account) = found.map_err(|error| Failure::of(error, flag))?;
    keyhatch.members().delete(&Actor::Operator, &account, &id).await.map_err(|error| Failure::of(error, flag))
}

pub(super) async fn reset_password(keyhatch: &Keyhatch, asked: &OneMember) -> Result<(), Failure> {
    let password = ask_password()?;
    let done = keyhatch.members().reset_password(&Actor::Operator, &asked.email, &password).await;
    done.map_err(|error| Failure::of(error, flag))
}

pub(super) async fn reset_two_factor(keyhatch: &Keyhatch, asked: &OneMember) -> Result<(), Failure> {
    let done = keyhatch.members().reset_two_factor(&Actor::Operator, &asked.email).await;
    done.map_err(|error| Failure::of(error, flag))
}

fn flag(field: &str) -> &'static str {
    match field {
        "account" => "--account",
        "email" => "--email",
        "password" => "password",
        _ => "",
    }
}

fn ask_password() -> Result<SecretString, Failure> {
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
    use secrecy::ExposeSecret as _;

    #[test]
    fn the_line_end_is_no_part_of_the_password() {
        for input in ["correct horse ", "correct horse \n", "correct horse \r\n", "correct horse \nmore"] {
            let password = read_password(input.as_bytes()).expect("a password");
            assert_eq!(password.expose_secret(), "correct horse ");
        }
        assert!(read_password(&b""[..]).is_err());
        assert!(read_password(&b"\n"[..]).is_err());
        assert!(read_password(&b"\xff\n"[..]).is_err());
    }
}

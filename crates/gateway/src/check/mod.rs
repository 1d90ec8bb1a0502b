//! Whether a running gateway does what it should: real calls through it, and a line for each thing that was learned.
//! The calls are made in `client`, asked in `questions`, judged in `judge`, which sends nothing. What cannot be decided
//! is said to be so, never guessed.

mod client;
mod crowd;
mod echo;
mod fold;
mod judge;
mod keys;
mod old_tls;
mod page;
mod questions;
mod way;

use std::net::SocketAddr;
use std::path::PathBuf;

use http::Uri;
use service::Keyhatch;

use crate::GatewaySettings;
use client::{Client, ConnectError};
use echo::Echo;
use fold::Folded;
use keys::Keys;
pub use page::Page;
use questions::{Question, Setting};
use way::Way;

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The gateway as its callers know it.
    pub url: Uri,
    /// The account in which keys are made for the time of the check.
    pub account: String,
    /// A path that leads to the upstream; the first route of the policy if absent.
    pub path: Option<String>,
    /// Where to answer in place of the upstream.
    pub echo: Option<SocketAddr>,
    /// Certificates to trust besides the machine's, PEM.
    pub ca: Option<PathBuf>,
    /// The gate was stopped for this check.
    pub gate_down: bool,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum State {
    Right,
    Wrong,
    NotChecked,
}

/// One thing that was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub state: State,
    /// What was asked, in a few words; stable.
    pub about: &'static str,
    /// What was seen, and for what is wrong what to do.
    pub told: String,
}

/// Why nothing can be said at all.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// What was given is of no use.
    #[error("{0}")]
    Input(String),
    /// The keys could not be made.
    #[error("the keys for the check could not be made: {0}")]
    Keys(service::Error),
}

impl Finding {
    fn new(state: State, about: &'static str, told: impl Into<String>) -> Self {
        Self { state, about, told: told.into() }
    }
}

/// Checks a gateway. The keys that are made for it are deleted again, also when `stop` comes first.
///
/// # Errors
/// [`CheckError`] if nothing could be asked.
pub async fn run(
    keyhatch: &Keyhatch,
    settings: &GatewaySettings,
    asked: &Asked,
    stop: impl Future<Output = ()>,
) -> Result<Vec<Finding>, CheckError> {
    let way = Way::choose(&settings.policy, asked.path.as_deref());
    let client = Client::new(&asked.url, asked.ca.as_deref()).map_err(CheckError::Input)?;
    let gate = settings.gate();
    if asked.gate_down && tokio::net::TcpStream::connect(gate).await.is_ok() {
        return Err(CheckError::Input(format!("--gate-down: the gate still answers at {gate}; stop it first")));
    }
    let keys = Keys::make(keyhatch, &asked.account).await?;
    let checked = tokio::select! {
        checked = check(keyhatch, settings, asked, &way, &client, &keys) => Some(checked),
        () = stop => None,
    };
    let deleted = keys.delete(keyhatch).await;
    let mut findings = checked.unwrap_or_else(|| Err(CheckError::Input("stopped before the end".to_owned())))?;
    if let Err(error) = deleted {
        let told = format!("could not be deleted ({error}); delete the keys named \"Gateway check …\" by hand");
        findings.push(Finding::new(State::Wrong, "keys of this check", told));
    }
    Ok(findings)
}

async fn check(
    keyhatch: &Keyhatch,
    settings: &GatewaySettings,
    asked: &Asked,
    way: &Way,
    client: &Client,
    keys: &Keys,
) -> Result<Vec<Finding>, CheckError> {
    let echo = match asked.echo {
        Some(address) => Some(Echo::start(address, keys.mark()).await.map_err(CheckError::Input)?),
        None => None,
    };
    let mut findings = match transport(client).await {
        Ok(findings) => findings,
        Err(told) => return Ok(vec![Finding::new(State::Wrong, "connection", told)]),
    };
    let gateway = &settings.policy;
    let setting = Setting { keyhatch, keys, way, gateway, has_echo: echo.is_some() };
    if asked.gate_down {
        findings.extend(ask(client, &questions::gate_down(&setting), &setting).await);
        return Ok(findings);
    }
    let first = ask(client, &questions::ways_in(&setting), &setting).await;
    let somebody_gets_in = first.iter().any(|finding| finding.state == State::Right);
    findings.extend(first);
    if !somebody_gets_in {
        let told = "no key gets in at all, so that a refusal says nothing; mend that first, or name another --path";
        findings.push(Finding::new(State::NotChecked, "everything else", told));
        return Ok(findings);
    }
    findings.extend(ask(client, &questions::ways_out(&setting), &setting).await);
    findings.push(crowd::check(client, echo.as_ref(), &setting).await);
    let told = "stop the gate and run this again with --gate-down; a gate that answers nothing was tried above";
    findings.push(Finding::new(State::NotChecked, "gate stopped", told));
    Ok(findings)
}

/// Whether there is a trustworthy connection at all, and none of the old kind.
async fn transport(client: &Client) -> Result<Vec<Finding>, String> {
    const ABOUT: &str = "TLS";
    if !client.has_tls() {
        let told = "none: everybody on the way can read the keys";
        client.try_out().await.map_err(|error| error.to_string())?;
        return Ok(vec![Finding::new(State::Wrong, ABOUT, told)]);
    }
    match client.try_out().await {
        Ok(version) => {
            let mut findings = vec![Finding::new(State::Right, ABOUT, version)];
            for (name, version) in [("TLS 1.1", old_tls::Version::Tls11), ("TLS 1.0", old_tls::Version::Tls10)] {
                findings.push(match old_tls::is_spoken(client, version).await {
                    Some(false) => Finding::new(State::Right, "old TLS", format!("{name} is refused")),
                    Some(true) => Finding::new(State::Wrong, "old TLS", format!("{name} is still spoken")),
                    None => Finding::new(State::NotChecked, "old TLS", format!("{name}: no connection for it")),
                });
            }
            Ok(findings)
        }
        Err(ConnectError::Untrusted(error)) => {
            Err(format!("the certificate is not trusted ({error}); name its authority with --ca"))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Asks, and folds the answers to all questions about one thing into one finding.
async fn ask(client: &Client, questions: &[Question], setting: &Setting<'_>) -> Vec<Finding> {
    let mut findings: Vec<Folded> = Vec::new();
    for question in questions {
        let seen = match &question.call {
            Some(call) => client.send(call).await,
            None => judge::Seen::Nothing,
        };
        let judgement = question.expected.judge(&seen, setting.has_echo, setting.keys.mark());
        let at = findings.iter().position(|known| known.about == question.about).unwrap_or_else(|| {
            findings.push(Folded::new(question.about));
            findings.len() - 1
        });
        findings[at].take(question.label(), judgement);
    }
    findings.into_iter().map(Folded::finding).collect()
}

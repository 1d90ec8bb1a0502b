//! Checking a running gateway: real calls go through it, and each result becomes a finding. `cases` defines the calls,
//! `client` sends them, `evaluate` compares each observation with its expectation, `merge` combines the results. What cannot
//! be decided is reported as not checked, never guessed.

mod cases;
mod client;
mod concurrency;
mod echo;
mod evaluate;
mod keys;
mod merge;
mod old_tls;
mod page;
mod target;

use std::net::SocketAddr;
use std::path::PathBuf;

use http::Uri;
use service::Keyhatch;

use crate::GatewaySettings;
use cases::{CaseContext, CheckCase};
use client::{Client, ConnectError};
use echo::EchoServer;
use keys::CheckKeys;
use merge::MergedFinding;
pub use page::CheckPage;
use target::TargetRoute;

/// A check to run.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// The gateway's public origin.
    pub url: Uri,
    /// The account in which temporary keys are created.
    pub account: String,
    /// A path that reaches the upstream; by default that of the policy's first route.
    pub path: Option<String>,
    /// Where to listen in place of the upstream.
    pub echo: Option<SocketAddr>,
    /// Certificates to trust besides the system's, PEM.
    pub ca: Option<PathBuf>,
    /// Whether the gate is stopped for this check.
    pub gate_down: bool,
}

/// The result of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FindingState {
    Passed,
    Failed,
    NotChecked,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its result.
    pub state: FindingState,
    /// The subject, in a few words; stable.
    pub subject: &'static str,
    /// What was observed and, if it failed, how to correct it.
    pub message: String,
}

/// Why the check could not run.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// An argument is invalid.
    #[error("{0}")]
    Input(String),
    /// The keys could not be created.
    #[error("the keys for the check could not be created: {0}")]
    CheckKeys(service::Error),
}

impl Finding {
    fn new(state: FindingState, subject: &'static str, message: impl Into<String>) -> Self {
        Self { state, subject, message: message.into() }
    }
}

/// Checks a gateway. The temporary keys are always deleted, even if `stop` ends the check early.
///
/// # Errors
/// [`CheckError`] if the check could not run.
pub async fn run(
    keyhatch: &Keyhatch,
    settings: &GatewaySettings,
    request: &CheckRequest,
    stop: impl Future<Output = ()>,
) -> Result<Vec<Finding>, CheckError> {
    let target = TargetRoute::select(&settings.policy, request.path.as_deref());
    let client = Client::new(&request.url, request.ca.as_deref()).map_err(CheckError::Input)?;
    let gate = settings.gate();
    if request.gate_down && tokio::net::TcpStream::connect(gate).await.is_ok() {
        return Err(CheckError::Input(format!("--gate-down: the gate still answers at {gate}; stop it first")));
    }
    let keys = CheckKeys::create(keyhatch, &request.account).await?;
    let findings = tokio::select! {
        findings = run_cases(keyhatch, settings, request, &target, &client, &keys) => Some(findings),
        () = stop => None,
    };
    let deleted = keys.delete(keyhatch).await;
    let mut findings = findings.unwrap_or_else(|| Err(CheckError::Input("stopped before the end".to_owned())))?;
    if let Err(error) = deleted {
        let message = format!("could not be deleted ({error}); delete the keys named \"Gateway check …\" by hand");
        findings.push(Finding::new(FindingState::Failed, "keys of this check", message));
    }
    Ok(findings)
}

async fn run_cases(
    keyhatch: &Keyhatch,
    settings: &GatewaySettings,
    request: &CheckRequest,
    target: &TargetRoute,
    client: &Client,
    keys: &CheckKeys,
) -> Result<Vec<Finding>, CheckError> {
    let echo = match request.echo {
        Some(address) => Some(EchoServer::start(address, keys.mark()).await.map_err(CheckError::Input)?),
        None => None,
    };
    let mut findings = match check_transport(client).await {
        Ok(findings) => findings,
        Err(message) => return Ok(vec![Finding::new(FindingState::Failed, "connection", message)]),
    };
    let gateway = &settings.policy;
    let context = CaseContext { keyhatch, keys, target, gateway, has_echo: echo.is_some() };
    if request.gate_down {
        findings.extend(evaluate_cases(client, &cases::gate_down_cases(&context), &context).await);
        return Ok(findings);
    }
    let first = evaluate_cases(client, &cases::allowed_cases(&context), &context).await;
    let is_any_allowed = first.iter().any(|finding| finding.state == FindingState::Passed);
    findings.extend(first);
    if !is_any_allowed {
        let message = "no key gets in at all, so a refusal proves nothing; correct that first, or set another --path";
        findings.push(Finding::new(FindingState::NotChecked, "everything else", message));
        return Ok(findings);
    }
    findings.extend(evaluate_cases(client, &cases::refused_cases(&context), &context).await);
    findings.push(concurrency::check_concurrency(client, echo.as_ref(), &context).await);
    let message = "stop the gate and run this again with --gate-down; a gate that answers nothing was tried above";
    findings.push(Finding::new(FindingState::NotChecked, "gate stopped", message));
    Ok(findings)
}

/// Checks that the connection is trusted and that outdated TLS versions are refused.
async fn check_transport(client: &Client) -> Result<Vec<Finding>, String> {
    const SUBJECT: &str = "TLS";
    if !client.has_tls() {
        let message = "none: everybody on the way can read the keys";
        client.probe_connection().await.map_err(|error| error.to_string())?;
        return Ok(vec![Finding::new(FindingState::Failed, SUBJECT, message)]);
    }
    match client.probe_connection().await {
        Ok(version) => {
            let mut findings = vec![Finding::new(FindingState::Passed, SUBJECT, version)];
            for (name, version) in
                [("TLS 1.1", old_tls::OldTlsVersion::Tls11), ("TLS 1.0", old_tls::OldTlsVersion::Tls10)]
            {
                findings.push(match old_tls::is_accepted(client, version).await {
                    Some(false) => Finding::new(FindingState::Passed, "old TLS", format!("{name} is refused")),
                    Some(true) => Finding::new(FindingState::Failed, "old TLS", format!("{name} is still accepted")),
                    None => Finding::new(FindingState::NotChecked, "old TLS", format!("{name}: no connection for it")),
                });
            }
            Ok(findings)
        }
        Err(ConnectError::Untrusted(error)) => {
            Err(format!("the certificate is not trusted ({error}); set its authority with --ca"))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Sends the calls of the cases, and merges the evaluations with the same subject into one finding.
async fn evaluate_cases(client: &Client, cases: &[CheckCase], context: &CaseContext<'_>) -> Vec<Finding> {
    let mut findings: Vec<MergedFinding> = Vec::new();
    for case in cases {
        let observation = match &case.call {
            Some(call) => client.send(call).await,
            None => evaluate::Observation::NoResponse,
        };
        let evaluation = case.expectation.evaluate(&observation, context.has_echo, context.keys.mark());
        let index = findings.iter().position(|known| known.subject == case.subject).unwrap_or_else(|| {
            findings.push(MergedFinding::new(case.subject));
            findings.len() - 1
        });
        findings[index].add(case.label(), evaluation);
    }
    findings.into_iter().map(MergedFinding::into_finding).collect()
}

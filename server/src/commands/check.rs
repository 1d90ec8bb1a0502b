//! `keyhatch check`: prints the findings about a running gateway, or serves them as a page.

use gateway::GatewaySettings;
use gateway::check::{self, CheckError, CheckPage, CheckRequest, Finding, FindingState};
use service::Keyhatch;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::failure::Failure;
use crate::cli::CheckGateway;
use crate::config::Config;

pub(super) async fn run(keyhatch: &Keyhatch, config: &Config, given: &CheckGateway) -> Result<(), Failure> {
    let url =
        given.url.parse().map_err(|_| Failure::input("URL: must be an origin such as https://api.example.com"))?;
    let request = CheckRequest {
        url,
        account: given.account.clone(),
        path: given.path.clone(),
        echo: given.echo,
        ca: given.ca.clone(),
        gate_down: given.gate_down,
    };
    let settings = config.gateway_settings();
    let mut stop = stop_signal()?;
    if given.page {
        return serve(keyhatch, &settings, &request, stop).await;
    }
    let stopped = async {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let findings = check::run(keyhatch, &settings, &request, stopped).await?;
    print_findings(&findings)
}

fn print_findings(findings: &[Finding]) -> Result<(), Failure> {
    for finding in findings {
        let state = match finding.state {
            FindingState::Passed => "right      ",
            FindingState::Failed => "WRONG      ",
            FindingState::NotChecked => "not checked",
        };
        println!("{state}  {:<22}{}", finding.subject, finding.message);
    }
    let wrong = findings.iter().filter(|finding| finding.state == FindingState::Failed).count();
    if wrong == 0 { Ok(()) } else { Err(Failure::other(format!("{wrong} of {} are wrong", findings.len()))) }
}

async fn serve(
    keyhatch: &Keyhatch,
    settings: &GatewaySettings,
    request: &CheckRequest,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let page = CheckPage::open(request).await?;
    println!("Open this in a browser on this machine; Ctrl-C ends it:\n{}", page.address());
    page.serve(keyhatch, settings, request, stop).await;
    Ok(())
}

/// Becomes true at SIGTERM or SIGINT. Later signals are ignored, because the keys are being deleted.
fn stop_signal() -> Result<watch::Receiver<bool>, Failure> {
    let failed = |error: std::io::Error| Failure::other(error.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        sender.send_replace(true);
    });
    Ok(receiver)
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        Self::input(error.to_string())
    }
}

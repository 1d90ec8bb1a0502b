//! `keyhatch check`: it finds no fault in the printed configurations, and every fault of a misconfigured gateway.

use gateway::check::{self, CheckRequest, Finding, FindingState};
use server::config::{Config, Sources};

use crate::concurrency::Ruleset;
use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

/// Runs a check in this process.
async fn run_check(deployment: &Deployment, scheme: &str, has_echo: bool, gate_down: bool) -> Vec<Finding> {
    let file = deployment.folder().join("keyhatch.toml");
    let config = Config::load(&Sources { file: Some(&file), ..Sources::default() }).expect("usable");
    let request = CheckRequest {
        url: format!("{scheme}://localhost:{}", deployment.port).parse().expect("an address"),
        account: deployment.app.account.clone(),
        path: None,
        echo: has_echo.then(|| ([127, 0, 0, 1], deployment.upstream.port).into()),
        ca: Some(deployment.folder().join("server.crt")),
        gate_down,
    };
    check::run(&deployment.app.keyhatch, &config.gateway_settings(), &request, std::future::pending())
        .await
        .expect("the check can run")
}

/// The subjects of the findings in a state.
fn subjects(findings: &[Finding], state: FindingState) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.state == state).map(|finding| finding.subject).collect()
}

async fn the_printed_configuration_passes_every_check(gateway: Gateway) {
    let mut deployment = Deployment::new(gateway).await;
    deployment.upstream.stop().await;
    let ruleset = if gateway == Gateway::Caddy { Ruleset::load(&deployment) } else { None };
    let findings = run_check(&deployment, "https", true, false).await;
    let wrong = subjects(&findings, FindingState::Failed);
    let expected: &[&str] =
        if gateway == Gateway::Caddy && ruleset.is_none() { &["requests at one time"] } else { &[] };
    assert_eq!(wrong, expected, "{findings:#?}");
    assert_eq!(subjects(&findings, FindingState::NotChecked), ["gate stopped"], "{findings:#?}");
    assert!(subjects(&findings, FindingState::Passed).len() >= 18, "{findings:#?}");

    deployment.stop_gate().await;
    let findings = run_check(&deployment, "https", false, true).await;
    assert!(subjects(&findings, FindingState::Failed).is_empty(), "{findings:#?}");
    assert!(subjects(&findings, FindingState::Passed).contains(&"gate stopped"));
}

/// No TLS, forged headers trusted and passed on, one privilege for every path, and fail-open when the gate is down.
pub fn misconfigured_nginx(deployment: &Deployment) -> String {
    format!(
        "events {{}} http {{ access_log off; underscores_in_headers on; server {{ listen 127.0.0.1:{port};
           location / {{ auth_request /ask; error_page 500 = @open; proxy_pass http://127.0.0.1:{upstream}; }}
           location @open {{ proxy_pass http://127.0.0.1:{upstream}; }}
           location = /ask {{ internal; proxy_pass http://127.0.0.1:{gate}/auth/nginx; proxy_read_timeout 1s;
             proxy_pass_request_body off; proxy_set_header Content-Length \"\"; }} }} }}",
        port = deployment.port,
        upstream = deployment.upstream.port,
        gate = deployment.gate_port,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_misconfigured_gateway_is_found() {
    let mut deployment = Deployment::new(Gateway::Nginx).await;
    deployment.replace_nginx(&misconfigured_nginx(&deployment));
    deployment.upstream.stop().await;
    let findings = run_check(&deployment, "http", true, false).await;
    assert_eq!(
        subjects(&findings, FindingState::Failed),
        [
            "TLS",
            "key in the query",
            "caller's address",
            "claimed address",
            "privilege",
            "disguised path",
            "claimed name",
            "key at the upstream",
            "limit reached",
            "gate cannot know",
            "gate silent",
            "requests at one time",
        ],
        "{findings:#?}"
    );
    let plain = run_check(&deployment, "http", false, false).await;
    for unknown in ["claimed name", "key at the upstream", "requests at one time"] {
        assert!(
            !subjects(&plain, FindingState::Passed).contains(&unknown),
            "only an echo server can show it: {plain:#?}"
        );
    }
    deployment.stop_gate().await;
    let down = run_check(&deployment, "http", true, true).await;
    assert!(subjects(&down, FindingState::Failed).contains(&"gate stopped"), "{down:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_check_deletes_its_keys() {
    let deployment = Deployment::new(Gateway::Nginx).await;
    let file = deployment.folder().join("keyhatch.toml");
    let config = Config::load(&Sources { file: Some(&file), ..Sources::default() }).expect("usable");
    let request = CheckRequest {
        url: format!("https://localhost:{}", deployment.port).parse().expect("an address"),
        account: deployment.app.account.clone(),
        path: None,
        echo: None,
        ca: Some(deployment.folder().join("server.crt")),
        gate_down: false,
    };
    let stop = async {
        // Its keys exist before its first calls.
        while deployment.upstream.reached() < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    let stopped = check::run(&deployment.app.keyhatch, &config.gateway_settings(), &request, stop).await;
    assert!(stopped.is_err_and(|error| error.to_string().contains("stopped")));
    assert_eq!(count_keys(&deployment).await, 0);
}

/// How many keys the account has.
pub async fn count_keys(deployment: &Deployment) -> usize {
    let request = service::keys::PageRequest::default();
    let list =
        deployment.app.keyhatch.keys().list(&service::actor::Actor::Operator, &deployment.app.account, &request).await;
    list.expect("a list").keys.len()
}

/// The command line: printed findings, exit codes, and no remaining key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_prints_findings_and_deletes_its_keys() {
    let mut deployment = Deployment::new(Gateway::Nginx).await;
    deployment.upstream.stop().await;
    let url = format!("https://localhost:{}", deployment.port);
    let echo = format!("127.0.0.1:{}", deployment.upstream.port);
    let good = ["check", &url, "--account", &deployment.app.account, "--echo", &echo, "--ca", "server.crt"];
    let done = deployment.program.run(&good);
    let output = String::from_utf8(done.stdout).expect("text");
    assert!(done.status.success(), "{output}{}", String::from_utf8_lossy(&done.stderr));
    assert!(
        output.contains("right        TLS")
            && output.contains("not checked  gate stopped")
            && !output.contains("kh_live")
    );
    for (arguments, code, word) in [
        (&[&*url, "--account", "acc_none"][..], 2, "--account"),
        (&["localhost", "--account", &deployment.app.account][..], 2, "https://"),
        (&[&*url, "--account", &deployment.app.account, "--gate-down"][..], 2, "still answers"),
        (
            &[&*url, "--account", &deployment.app.account, "--echo", &url[8..].replace("localhost", "127.0.0.1")][..],
            2,
            "--echo",
        ),
        (&[&*url, "--account", &deployment.app.account][..], 1, "1 of 1 are wrong"),
    ] {
        let done = deployment.program.run(&[&["check"], arguments].concat());
        let output = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{output}");
        assert!(output.contains(word), "{output}");
    }
    assert_eq!(count_keys(&deployment).await, 0, "no key of a check remains");
}

for_each_gateway!(the_printed_configuration_passes_every_check);

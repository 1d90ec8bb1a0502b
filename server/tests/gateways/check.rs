//! `keyhatch check`: it finds nothing wrong with what is printed, and each fault of a gateway that was set up by
//! somebody in a hurry.

use std::process::Command;

use gateway::check::{self, CheckRequest, Finding, FindingState};
use server::config::{Config, Sources};

use crate::crowd::Ruleset;
use crate::for_each_gateway;
use crate::place::{Gateway, Place};

async fn checked(place: &Place, scheme: &str, has_echo: bool, gate_down: bool) -> Vec<Finding> {
    let file = place.folder().join("keyhatch.toml");
    let config = Config::load(&Sources { file: Some(&file), ..Sources::default() }).expect("usable");
    let asked = CheckRequest {
        url: format!("{scheme}://localhost:{}", place.port).parse().expect("an address"),
        account: place.account.clone(),
        path: None,
        echo: has_echo.then(|| ([127, 0, 0, 1], place.upstream.port).into()),
        ca: Some(place.folder().join("server.crt")),
        gate_down,
    };
    check::run(&place.keyhatch, &config.gateway_settings(), &asked, std::future::pending())
        .await
        .expect("something can be asked")
}

/// What is so, one word a line.
fn about(findings: &[Finding], state: FindingState) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.state == state).map(|finding| finding.subject).collect()
}

async fn nothing_is_wrong_with_what_is_printed(gateway: Gateway) {
    let mut place = Place::new(gateway).await;
    place.upstream.stop().await;
    let ruleset = if gateway == Gateway::Caddy { Ruleset::load(&place) } else { None };
    let findings = checked(&place, "https", true, false).await;
    let wrong = about(&findings, FindingState::Failed);
    let expected: &[&str] =
        if gateway == Gateway::Caddy && ruleset.is_none() { &["requests at one time"] } else { &[] };
    assert_eq!(wrong, expected, "{findings:#?}");
    assert_eq!(about(&findings, FindingState::NotChecked), ["gate stopped"], "{findings:#?}");
    assert!(about(&findings, FindingState::Passed).len() >= 18, "{findings:#?}");

    place.stop_gate().await;
    let findings = checked(&place, "https", false, true).await;
    assert!(about(&findings, FindingState::Failed).is_empty(), "{findings:#?}");
    assert!(about(&findings, FindingState::Passed).contains(&"gate stopped"));
}

/// No TLS, the caller's headers believed and passed on, one question for everything, and open when the gate is down.
pub fn careless(place: &Place) -> String {
    format!(
        "events {{}} http {{ access_log off; underscores_in_headers on; server {{ listen 127.0.0.1:{port};
           location / {{ auth_request /ask; error_page 500 = @open; proxy_pass http://127.0.0.1:{upstream}; }}
           location @open {{ proxy_pass http://127.0.0.1:{upstream}; }}
           location = /ask {{ internal; proxy_pass http://127.0.0.1:{gate}/auth/nginx; proxy_read_timeout 1s;
             proxy_pass_request_body off; proxy_set_header Content-Length \"\"; }} }} }}",
        port = place.port,
        upstream = place.upstream.port,
        gate = place.gate_port,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_of_a_careless_gateway_is_found() {
    let mut place = Place::new(Gateway::Nginx).await;
    place.replace_nginx(&careless(&place));
    place.upstream.stop().await;
    let findings = checked(&place, "http", true, false).await;
    assert_eq!(
        about(&findings, FindingState::Failed),
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
    let plain = checked(&place, "http", false, false).await;
    for unknown in ["claimed name", "key at the upstream", "requests at one time"] {
        assert!(!about(&plain, FindingState::Passed).contains(&unknown), "only an echo can tell: {plain:#?}");
    }
    place.stop_gate().await;
    let down = checked(&place, "http", true, true).await;
    assert!(about(&down, FindingState::Failed).contains(&"gate stopped"), "{down:#?}");
}

/// Stopped in the middle, it leaves nothing behind either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_that_is_stopped_cleans_up() {
    let place = Place::new(Gateway::Nginx).await;
    let file = place.folder().join("keyhatch.toml");
    let config = Config::load(&Sources { file: Some(&file), ..Sources::default() }).expect("usable");
    let asked = CheckRequest {
        url: format!("https://localhost:{}", place.port).parse().expect("an address"),
        account: place.account.clone(),
        path: None,
        echo: None,
        ca: Some(place.folder().join("server.crt")),
        gate_down: false,
    };
    let stop = async {
        // The first calls have been made then, so that there are keys.
        while place.upstream.reached() < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    let stopped = check::run(&place.keyhatch, &config.gateway_settings(), &asked, stop).await;
    assert!(stopped.is_err_and(|error| error.to_string().contains("stopped")));
    assert_eq!(keys_left(&place).await, 0);
}

pub async fn keys_left(place: &Place) -> usize {
    let request = service::keys::PageRequest::default();
    let list = place.keyhatch.keys().list(&service::actor::Actor::Operator, &place.account, &request).await;
    list.expect("a list").keys.len()
}

/// The program itself: lines, exit codes, and no key left behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_tells_and_cleans_up() {
    let mut place = Place::new(Gateway::Nginx).await;
    place.upstream.stop().await;
    let run = async |arguments: Vec<String>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
        command.arg("check").args(arguments).current_dir(place.folder()).env_clear();
        tokio::task::spawn_blocking(move || command.output().expect("the program starts")).await.expect("it ends")
    };
    let url = format!("https://localhost:{}", place.port);
    let echo = format!("127.0.0.1:{}", place.upstream.port);
    let words = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let good = [&url, "--account", &place.account, "--echo", &echo, "--ca", "server.crt"];
    let done = run(words(&good)).await;
    let told = String::from_utf8(done.stdout).expect("text");
    assert!(done.status.success(), "{told}{}", String::from_utf8_lossy(&done.stderr));
    assert!(
        told.contains("right        TLS") && told.contains("not checked  gate stopped") && !told.contains("kh_live")
    );
    for (arguments, code, word) in [
        (words(&[&url, "--account", "acc_none"]), 2, "--account"),
        (words(&["localhost", "--account", &place.account]), 2, "https://"),
        (words(&[&url, "--account", &place.account, "--gate-down"]), 2, "still answers"),
        (
            words(&[&url, "--account", &place.account, "--echo", &url[8..].replace("localhost", "127.0.0.1")]),
            2,
            "--echo",
        ),
        (words(&[&url, "--account", &place.account]), 1, "1 of 1 are wrong"),
    ] {
        let done = run(arguments).await;
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(code), "{told}");
        assert!(told.contains(word), "{told}");
    }
    assert_eq!(keys_left(&place).await, 0, "no key of a check stays");
}

for_each_gateway!(nothing_is_wrong_with_what_is_printed);

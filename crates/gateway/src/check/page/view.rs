//! Renders the page: the template's values for each status of the run, in the console's style.

use std::net::SocketAddr;

use minijinja::{Environment, Value, context};

use super::run_state::{CheckMode, RunStatus};
use crate::check::{Finding, FindingState};

/// minijinja escapes every value in a template whose name ends in `.html`: a gateway's response may contain anything.
const NAME: &str = "page.html";
const TEMPLATE: &str = include_str!("page.html");

/// What does not change while the page is served.
pub(super) struct CheckInfo {
    /// The page's path, without a trailing slash.
    pub root: String,
    /// The style sheet's path below it.
    pub style: String,
    pub url: String,
    pub account: String,
    /// Method and path.
    pub call: String,
    pub echo: Option<SocketAddr>,
    pub gate: SocketAddr,
}

/// Renders the page for a status.
pub(super) fn render_page(info: &CheckInfo, status: &RunStatus) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.add_template(NAME, TEMPLATE)?;
    let general = context! {
        root => info.root,
        style => info.style,
        url => info.url,
        account => info.account,
        call => info.call,
        echo => info.echo.map(|echo| echo.to_string()),
        gate => info.gate.to_string(),
    };
    environment.get_template(NAME)?.render(context! { ..general, ..status_values(status) })
}

fn status_values(status: &RunStatus) -> Value {
    match status {
        RunStatus::Idle => context! { title => "Check of a gateway" },
        RunStatus::Running { mode, since } => context! {
            title => "Checking…",
            running => context! { mode => mode_name(*mode), seconds => since.elapsed().as_secs() },
        },
        RunStatus::Finished { mode, result: Err(message), .. } => context! {
            title => "Nothing was checked",
            failed => context! { mode => mode_name(*mode), message },
        },
        RunStatus::Finished { mode, took, result: Ok(findings) } => context! {
            title => summary(findings),
            finished => context! {
                mode => mode_name(*mode),
                seconds => took.as_secs().max(1),
                has_failures => count(findings, FindingState::Failed) > 0,
                groups => groups(findings),
            },
        },
    }
}

/// The value of the form's field `gate`.
fn mode_name(mode: CheckMode) -> &'static str {
    match mode {
        CheckMode::GateRunning => "running",
        CheckMode::GateStopped => "stopped",
    }
}

/// The findings by state, failures first: title, CSS class, sign, findings.
fn groups(findings: &[Finding]) -> Vec<Value> {
    [
        (FindingState::Failed, "Wrong", "bad", "✕"),
        (FindingState::NotChecked, "Not checked", "open", "–"),
        (FindingState::Passed, "Right", "ok", "✓"),
    ]
    .into_iter()
    .map(|(state, title, class, sign)| {
        let findings = findings.iter().filter(|finding| finding.state == state);
        let findings: Vec<Value> =
            findings.map(|found| context! { subject => found.subject, message => found.message }).collect();
        context! { title, class, sign, findings }
    })
    .collect()
}

fn count(findings: &[Finding], state: FindingState) -> usize {
    findings.iter().filter(|finding| finding.state == state).count()
}

/// The result in one line.
fn summary(findings: &[Finding]) -> String {
    match (count(findings, FindingState::Failed), count(findings, FindingState::NotChecked)) {
        (0, 0) => "Nothing is wrong".to_owned(),
        (0, unknown) => format!("Nothing is wrong; {unknown} of {} not checked", findings.len()),
        (wrong, _) => format!("{wrong} of {} are wrong", findings.len()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn values_are_escaped() {
        let address = SocketAddr::from(([127, 0, 0, 1], 3100));
        let info = CheckInfo {
            root: "/secret".to_owned(),
            style: "pkg/keyhatch.css".to_owned(),
            url: "https://api.example.com".to_owned(),
            account: "acc_1".to_owned(),
            call: "GET /".to_owned(),
            echo: None,
            gate: address,
        };
        let hostile = r#"</p><script>alert('1')</script>" onload="&lt; größer – 1"#;
        let result = Ok(vec![Finding::new(FindingState::Failed, "no key", hostile)]);
        let status = RunStatus::Finished { mode: CheckMode::GateRunning, took: Duration::ZERO, result };
        let page = render_page(&info, &status).expect("a page");
        let escaped = "&lt;&#x2f;p&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;&#x2f;script&gt;&quot; \
                       onload=&quot;&amp;lt; größer – 1";
        assert!(page.contains(escaped) && !page.contains("<script"), "{page}");
        assert!(page.contains("<h2>Wrong (1)</h2>") && !page.contains("Right ("), "{page}");
        assert!(
            page.contains("<button class=\"button primary\" name=\"gate\" value=\"running\">Check again"),
            "{page}"
        );
    }
}

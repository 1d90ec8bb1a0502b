//! The page itself: HTML of what is on the board, in the console's own style.

use std::net::SocketAddr;
use std::time::Duration;

use super::board::{Gate, Shown};
use super::escape::Text;
use crate::check::{Finding, State};

/// What does not change while the page is there.
pub(super) struct About {
    /// The page's path, without a slash at its end.
    pub root: String,
    /// The style sheet below it.
    pub style: String,
    pub url: String,
    pub account: String,
    /// Method and path.
    pub call: String,
    pub echo: Option<SocketAddr>,
    pub gate: SocketAddr,
}

pub(super) fn page(about: &About, shown: &Shown) -> String {
    let (title, body) = match shown {
        Shown::Nothing => ("Check of a gateway".to_owned(), nothing(about)),
        Shown::Checking { gate, since } => ("Checking…".to_owned(), checking(*gate, since.elapsed())),
        Shown::Done { gate, took, found } => match found {
            Ok(findings) => (verdict(findings), done(about, *gate, *took, findings)),
            Err(told) => (NOTHING.to_owned(), failed(about, *gate, told)),
        },
    };
    let refresh = match shown {
        Shown::Checking { .. } => "<meta http-equiv=\"refresh\" content=\"1\">",
        _ => "",
    };
    let (root, style) = (&about.root, &about.style);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{refresh}\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"{root}/favicon.svg\">\n\
         <link rel=\"stylesheet\" href=\"{root}/{style}\">\n<title>{title} · Keyhatch</title>\n</head>\n<body>\n\
         <header class=\"top\"><span class=\"mark\"><span class=\"sign\" aria-hidden=\"true\"></span>Keyhatch</span>\
         </header>\n<main class=\"report\">\n{head}{body}</main>\n</body>\n</html>\n",
        title = Text(&title),
        head = head(about),
    )
}

const NOTHING: &str = "Nothing was checked";

fn head(about: &About) -> String {
    let upstream = match about.echo {
        Some(address) => format!("answered here, at <span class=\"mono\">{address}</span>"),
        None => "your own".to_owned(),
    };
    format!(
        "<h1>Check of a gateway</h1>\n<dl class=\"facts\">\
         <dt>Gateway</dt><dd class=\"mono\">{}</dd>\
         <dt>Call</dt><dd class=\"mono\">{}</dd>\
         <dt>Upstream</dt><dd>{upstream}</dd>\
         <dt>Account</dt><dd class=\"mono\">{}</dd></dl>\n",
        Text(&about.url),
        Text(&about.call),
        Text(&about.account),
    )
}

/// Nothing was asked yet: what will be sent, and what becomes of it.
fn nothing(about: &About) -> String {
    let upstream = match about.echo {
        Some(address) => format!(
            "<p><strong>Stop the upstream first.</strong> In its place this program answers at \
             <span class=\"mono\">{address}</span> for the time of the check: it sees \
             what reaches it, and how many calls of one address are let in at one time.</p>"
        ),
        None => "<p>The calls that get in reach your upstream. What only the upstream sees is not checked: for that, \
                 start this page with <span class=\"mono\">--echo</span>.</p>"
            .to_owned(),
    };
    format!(
        "<section class=\"card pad\">\n<p>Some fifty real calls go through the gateway: with good keys, with bad ones, \
         and with claims that no gateway should believe. It takes seconds, and minutes if the gateway is slow to \
         answer.</p>\n\
         <p>Four keys named “Gateway check …” are made in the account for it. They are deleted at the end, also if you \
         end the command meanwhile; the audit shows both.</p>\n{upstream}\n{}</section>\n{}",
        form(Gate::Running, "Check the gateway", true),
        stopped(about),
    )
}

fn checking(gate: Gate, since: Duration) -> String {
    let what = match gate {
        Gate::Running => "Calls are going through the gateway.",
        Gate::Stopped => "Calls are going through the gateway, whose gate is stopped.",
    };
    format!(
        "<section class=\"card pad\" role=\"status\">\n<h2>Checking… {} s</h2>\n<p>{what} The findings will be here by \
         themselves.</p>\n</section>\n",
        since.as_secs()
    )
}

fn failed(about: &About, gate: Gate, told: &str) -> String {
    format!(
        "<p class=\"verdict bad\" role=\"status\">{NOTHING}</p>\n<p class=\"told\">{}</p>\n{}{}",
        Text(told),
        form(gate, "Check again", true),
        other(about, gate)
    )
}

fn done(about: &About, gate: Gate, took: Duration, findings: &[Finding]) -> String {
    let class = if count(findings, State::Wrong) == 0 { "ok" } else { "bad" };
    let with = match gate {
        Gate::Running => "",
        Gate::Stopped => " with the gate stopped",
    };
    let groups = [State::Wrong, State::NotChecked, State::Right].map(|state| group(findings, state)).concat();
    format!(
        "<p class=\"verdict {class}\" role=\"status\">{}</p>\n<div class=\"actions\">{}<p class=\"hint\">Checked{with} in \
         {} s.</p></div>\n{groups}{}",
        verdict(findings),
        form(gate, "Check again", true),
        took.as_secs().max(1),
        other(about, gate),
    )
}

fn count(findings: &[Finding], state: State) -> usize {
    findings.iter().filter(|finding| finding.state == state).count()
}

/// In one line.
fn verdict(findings: &[Finding]) -> String {
    match (count(findings, State::Wrong), count(findings, State::NotChecked)) {
        (0, 0) => "Nothing is wrong".to_owned(),
        (0, unknown) => format!("Nothing is wrong; {unknown} of {} not checked", findings.len()),
        (wrong, _) => format!("{wrong} of {} are wrong", findings.len()),
    }
}

fn group(findings: &[Finding], state: State) -> String {
    let (title, class, sign) = match state {
        State::Wrong => ("Wrong", "bad", "✕"),
        State::NotChecked => ("Not checked", "open", "–"),
        State::Right => ("Right", "ok", "✓"),
    };
    let lines: String =
        findings.iter().filter(|finding| finding.state == state).map(|found| line(found, class, sign)).collect();
    if lines.is_empty() {
        return lines;
    }
    let number = count(findings, state);
    format!("<section>\n<h2>{title} ({number})</h2>\n<ul class=\"checks\">\n{lines}</ul>\n</section>\n")
}

fn line(finding: &Finding, class: &str, sign: &str) -> String {
    format!(
        "<li class=\"{class}\"><p><span class=\"tick\" aria-hidden=\"true\">{sign}</span><strong>{}</strong></p>\n<p>{}</p></li>\n",
        Text(finding.about),
        Text(&finding.told)
    )
}

/// The other check.
fn other(about: &About, gate: Gate) -> String {
    match gate {
        Gate::Running => stopped(about),
        Gate::Stopped => format!(
            "<section class=\"card pad\">\n<h2>With the gate running</h2>\n<p>Start the gate again, then check everything \
             else.</p>\n{}</section>\n",
            form(Gate::Running, "Check the gateway", false)
        ),
    }
}

fn stopped(about: &About) -> String {
    format!(
        "<section class=\"card pad\">\n<h2>While the gate is stopped</h2>\n<p>Stop the gate at \
         <span class=\"mono\">{}</span>, then see that nobody gets in without its answer.</p>\n{}</section>\n",
        about.gate,
        form(Gate::Stopped, "Check with the gate stopped", false)
    )
}

fn form(gate: Gate, label: &str, is_primary: bool) -> String {
    let value = match gate {
        Gate::Running => "running",
        Gate::Stopped => "stopped",
    };
    let class = if is_primary { "button primary" } else { "button" };
    format!("<form method=\"post\"><button class=\"{class}\" name=\"gate\" value=\"{value}\">{label}</button></form>\n")
}

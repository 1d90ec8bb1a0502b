//! Counters of the gate in Prometheus' text format. Fifteen numbers need no metrics library: one would cost more
//! code and more time per call than this file.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::verdict::VerdictCode;

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Verdict(VerdictCode),
    NoCredential,
    Unknowable,
    Misconfigured,
}

/// All of them, in the order of the counters.
const ALL: [Answered; 14] = [
    Answered::Verdict(VerdictCode::Valid),
    Answered::Verdict(VerdictCode::Malformed),
    Answered::Verdict(VerdictCode::NotFound),
    Answered::Verdict(VerdictCode::Disabled),
    Answered::Verdict(VerdictCode::Expired),
    Answered::Verdict(VerdictCode::ChannelNotAllowed),
    Answered::Verdict(VerdictCode::IpNotAllowed),
    Answered::Verdict(VerdictCode::PrivilegeMissing),
    Answered::Verdict(VerdictCode::ConcurrencyLimited),
    Answered::Verdict(VerdictCode::RateLimited),
    Answered::Verdict(VerdictCode::QuotaExceeded),
    Answered::NoCredential,
    Answered::Unknowable,
    Answered::Misconfigured,
];

impl Answered {
    fn label(self) -> &'static str {
        match self {
            Self::Verdict(code) => code.as_str(),
            Self::NoCredential => "NO_CREDENTIAL",
            Self::Unknowable => "UNKNOWABLE",
            Self::Misconfigured => "MISCONFIGURED",
        }
    }
}

/// Of so many calls one is timed: looking at the clock twice takes longer than counting.
const TIMED: u64 = 16;

#[derive(Debug, Default)]
pub(super) struct Metrics {
    begun: AtomicU64,
    answers: [AtomicU64; ALL.len()],
    timed: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Metrics {
    /// When this call began, if it is one of those that are timed.
    pub fn begin(&self) -> Option<Instant> {
        self.begun.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIMED).then(Instant::now)
    }

    pub fn count(&self, answered: Answered, began: Option<Instant>) {
        // Nearly every call is let in, and that counter is the first.
        let place = if answered == ALL[0] { Some(0) } else { ALL.iter().position(|known| *known == answered) };
        if let Some(place) = place {
            self.answers[place].fetch_add(1, Ordering::Relaxed);
        }
        if let Some(began) = began {
            self.timed.fetch_add(1, Ordering::Relaxed);
            let took = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.nanoseconds.fetch_add(took, Ordering::Relaxed);
        }
    }

    pub fn text(&self) -> String {
        let mut text = String::from(
            "# HELP keyhatch_gate_answers_total Questions answered by the gate, by verdict.\n\
             # TYPE keyhatch_gate_answers_total counter\n",
        );
        for (known, counter) in ALL.iter().zip(&self.answers) {
            let count = counter.load(Ordering::Relaxed);
            writeln!(text, "keyhatch_gate_answers_total{{code=\"{}\"}} {count}", known.label())
                .expect("writing to a string cannot fail");
        }
        let seconds = Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64();
        text.push_str(
            "# HELP keyhatch_gate_answer_seconds Time from a question's head to its answer, of every 16th.\n\
             # TYPE keyhatch_gate_answer_seconds summary\n",
        );
        let total = self.timed.load(Ordering::Relaxed);
        writeln!(text, "keyhatch_gate_answer_seconds_sum {seconds}\nkeyhatch_gate_answer_seconds_count {total}")
            .expect("writing to a string cannot fail");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_own_counter() {
        let metrics = Metrics::default();
        for answered in ALL {
            metrics.count(answered, metrics.begin());
        }
        let text = metrics.text();
        for answered in ALL {
            assert!(
                text.contains(&format!("keyhatch_gate_answers_total{{code=\"{}\"}} 1\n", answered.label())),
                "{text}"
            );
        }
        assert!(text.ends_with("\nkeyhatch_gate_answer_seconds_count 1\n"), "{text}");
    }
}

//! The gate's metrics in Prometheus' text format 0.0.4. Not by `prometheus-client`: it writes `OpenMetrics` only and has no
//! summary type, so `/metrics` would change its content type and the type of `keyhatch_gate_answer_seconds`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::verdict::VerdictCode;

/// The label `code` of an answer: its verdict, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerCode {
    Verdict(VerdictCode),
    NoCredential,
    Unavailable,
    Misconfigured,
}

/// The answers without a verdict.
const WITHOUT_VERDICT: [AnswerCode; 3] = [AnswerCode::NoCredential, AnswerCode::Unavailable, AnswerCode::Misconfigured];

/// All labels, in the order of the counters: the verdicts first.
const ALL: [AnswerCode; VerdictCode::ALL.len() + WITHOUT_VERDICT.len()] = {
    let mut all = [AnswerCode::Unavailable; VerdictCode::ALL.len() + WITHOUT_VERDICT.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at.checked_sub(VerdictCode::ALL.len()) {
            None => AnswerCode::Verdict(VerdictCode::ALL[at]),
            Some(at) => WITHOUT_VERDICT[at],
        };
        at += 1;
    }
    all
};

impl AnswerCode {
    fn label(self) -> &'static str {
        match self {
            Self::Verdict(code) => code.as_str(),
            Self::NoCredential => "NO_CREDENTIAL",
            Self::Unavailable => "UNKNOWABLE",
            Self::Misconfigured => "MISCONFIGURED",
        }
    }
}

/// Samples 1 call in 16 for its duration: reading the clock twice takes longer than counting.
const SAMPLING: u64 = 16;

/// Lock-free: one relaxed atomic for each label.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    started: AtomicU64,
    answers: [AtomicU64; ALL.len()],
    samples: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Metrics {
    /// The start time of a call, if it is sampled.
    pub fn start(&self) -> Option<Instant> {
        self.started.fetch_add(1, Ordering::Relaxed).is_multiple_of(SAMPLING).then(Instant::now)
    }

    /// Counts an answer, and its duration if the call is sampled.
    pub fn record(&self, code: AnswerCode, started: Option<Instant>) {
        // Nearly every call is allowed, and that counter is the first.
        let index = if code == ALL[0] { Some(0) } else { ALL.iter().position(|known| *known == code) };
        if let Some(index) = index {
            self.answers[index].fetch_add(1, Ordering::Relaxed);
        }
        if let Some(started) = started {
            self.samples.fetch_add(1, Ordering::Relaxed);
            let elapsed = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.nanoseconds.fetch_add(elapsed, Ordering::Relaxed);
        }
    }

    /// The text exposition format.
    pub fn render(&self) -> String {
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
        let total = self.samples.load(Ordering::Relaxed);
        writeln!(text, "keyhatch_gate_answer_seconds_sum {seconds}\nkeyhatch_gate_answer_seconds_count {total}")
            .expect("writing to a string cannot fail");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_own_counter() {
        let metrics = Metrics::default();
        for code in ALL {
            metrics.record(code, metrics.start());
        }
        let text = metrics.render();
        for code in ALL {
            assert!(text.contains(&format!("keyhatch_gate_answers_total{{code=\"{}\"}} 1\n", code.label())), "{text}");
        }
        assert_eq!(text.matches("keyhatch_gate_answers_total{").count(), ALL.len(), "{text}");
        assert!(text.ends_with("\nkeyhatch_gate_answer_seconds_count 1\n"), "{text}");
    }
}

//! Merges the evaluations with the same subject into one finding: the worst result counts, and equal messages are listed
//! once.

use super::evaluate::Evaluation;
use super::{Finding, FindingState};

/// The evaluations of one subject.
#[derive(Debug)]
pub(super) struct MergedFinding {
    pub subject: &'static str,
    count: usize,
    passed: String,
    not_checked: Option<String>,
    /// Each message, and the labels of its cases.
    failed: Vec<(String, Vec<String>)>,
}

impl MergedFinding {
    pub fn new(subject: &'static str) -> Self {
        Self { subject, count: 0, passed: String::new(), not_checked: None, failed: Vec::new() }
    }

    /// Adds an evaluation. `label` distinguishes its case from others of the subject.
    pub fn add(&mut self, label: &str, evaluation: Evaluation) {
        self.count += 1;
        match evaluation {
            Evaluation::Passed(message) if self.passed.is_empty() => self.passed = message,
            Evaluation::Passed(_) => {}
            Evaluation::NotChecked(message) => self.not_checked = Some(message),
            Evaluation::Failed(message) => match self.failed.iter_mut().find(|(known, _)| *known == message) {
                Some((_, labels)) if labels.iter().any(|known| known == label) => {}
                Some((_, labels)) => labels.push(label.to_owned()),
                None => self.failed.push((message, vec![label.to_owned()])),
            },
        }
    }

    pub fn into_finding(self) -> Finding {
        if !self.failed.is_empty() {
            let part = |(message, labels): &(String, Vec<String>)| match labels.join(", ") {
                labels if labels.is_empty() => message.clone(),
                labels => format!("{labels}: {message}"),
            };
            return Finding::new(
                FindingState::Failed,
                self.subject,
                self.failed.iter().map(part).collect::<Vec<_>>().join("; "),
            );
        }
        match (self.not_checked, self.count) {
            (Some(message), _) => Finding::new(FindingState::NotChecked, self.subject, message),
            (None, 0 | 1) => Finding::new(FindingState::Passed, self.subject, self.passed),
            (None, ways) => Finding::new(FindingState::Passed, self.subject, format!("{} ({ways} ways)", self.passed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_messages_are_listed_once() {
        let wrong = |message: &str| Evaluation::Failed(message.to_owned());
        let mut merged = MergedFinding::new("keys");
        merged.add("first", Evaluation::Passed("fine".to_owned()));
        assert_eq!(MergedFinding::new("keys").into_finding().state, FindingState::Passed);
        merged.add("second", wrong("bad"));
        merged.add("third", wrong("worse"));
        merged.add("fourth", wrong("bad"));
        merged.add("fourth", wrong("bad"));
        merged.add("fifth", Evaluation::NotChecked("who knows".to_owned()));
        assert_eq!(
            merged.into_finding(),
            Finding::new(FindingState::Failed, "keys", "second, fourth: bad; third: worse")
        );

        let mut merged = MergedFinding::new("keys");
        merged.add("", Evaluation::Passed("fine".to_owned()));
        merged.add("", Evaluation::Passed("good".to_owned()));
        assert_eq!(merged.into_finding(), Finding::new(FindingState::Passed, "keys", "fine (2 ways)"));
    }
}

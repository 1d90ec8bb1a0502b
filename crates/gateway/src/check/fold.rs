//! Several answers about one thing, as one finding: the worst counts, and what is wrong in several ways in the same
//! words is said once.

use super::judge::Judgement;
use super::{Finding, State};

/// The answers about one thing.
#[derive(Debug)]
pub(super) struct Folded {
    pub about: &'static str,
    ways: usize,
    right: String,
    unknown: Option<String>,
    /// The words, and which of the questions they are about.
    wrong: Vec<(String, Vec<String>)>,
}

impl Folded {
    pub fn new(about: &'static str) -> Self {
        Self { about, ways: 0, right: String::new(), unknown: None, wrong: Vec::new() }
    }

    /// Takes in an answer. `label` tells its question from the others, if there are others.
    pub fn take(&mut self, label: &str, judgement: Judgement) {
        self.ways += 1;
        match judgement {
            Judgement::Right(told) if self.right.is_empty() => self.right = told,
            Judgement::Right(_) => {}
            Judgement::NotChecked(told) => self.unknown = Some(told),
            Judgement::Wrong(told) => match self.wrong.iter_mut().find(|(known, _)| *known == told) {
                Some((_, labels)) if labels.iter().any(|known| known == label) => {}
                Some((_, labels)) => labels.push(label.to_owned()),
                None => self.wrong.push((told, vec![label.to_owned()])),
            },
        }
    }

    pub fn finding(self) -> Finding {
        if !self.wrong.is_empty() {
            let part = |(told, labels): &(String, Vec<String>)| match labels.join(", ") {
                labels if labels.is_empty() => told.clone(),
                labels => format!("{labels}: {told}"),
            };
            return Finding::new(State::Wrong, self.about, self.wrong.iter().map(part).collect::<Vec<_>>().join("; "));
        }
        match (self.unknown, self.ways) {
            (Some(told), _) => Finding::new(State::NotChecked, self.about, told),
            (None, 0 | 1) => Finding::new(State::Right, self.about, self.right),
            (None, ways) => Finding::new(State::Right, self.about, format!("{} ({ways} ways)", self.right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_said_once() {
        let wrong = |told: &str| Judgement::Wrong(told.to_owned());
        let mut folded = Folded::new("keys");
        folded.take("first", Judgement::Right("fine".to_owned()));
        assert_eq!(Folded::new("keys").finding().state, State::Right);
        folded.take("second", wrong("bad"));
        folded.take("third", wrong("worse"));
        folded.take("fourth", wrong("bad"));
        folded.take("fourth", wrong("bad"));
        folded.take("fifth", Judgement::NotChecked("who knows".to_owned()));
        assert_eq!(folded.finding(), Finding::new(State::Wrong, "keys", "second, fourth: bad; third: worse"));

        let mut folded = Folded::new("keys");
        folded.take("", Judgement::Right("fine".to_owned()));
        folded.take("", Judgement::Right("good".to_owned()));
        assert_eq!(folded.finding(), Finding::new(State::Right, "keys", "fine (2 ways)"));
    }
}

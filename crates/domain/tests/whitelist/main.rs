//! Whether a call's address is in a whitelist, against an independent implementation: Python's `ipaddress`, as one
//! child process that reads and answers through pipes.

mod generator;

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::net::IpAddr;
use std::process::{ChildStdin, Command, Stdio};

use domain::{Entry, Whitelist};
use generator::{Chance, Typed, caller, entry};

/// So many pairs of a list and an address are judged, unless the variable says otherwise.
const PAIRS: &str = "KEYHATCH_WHITELIST_PAIRS";
const CALLERS: usize = 20;

#[test]
fn every_address_is_let_in_or_not_as_python_says() {
    let pairs: usize = std::env::var(PAIRS).map_or(1_000_000, |pairs| pairs.parse().expect("a number"));
    let mut child = Command::new("python3")
        .args(["-c", include_str!("oracle.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is there: scripts/tools.sh test installs it");
    let (input, output) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
    let lists = pairs.div_ceil(CALLERS);
    // Both sides make the same lists from the same seed. What stands between them is only what fits into the pipes.
    let seed = pairs as u64;
    let asking = std::thread::spawn(move || ask(input, seed, lists));
    let mut chance = Chance::new(seed);
    let (mut compared, mut inside) = (0, 0);
    for line in BufReader::new(output).lines() {
        let (line, question) = (line.expect("a line"), Question::random(&mut chance));
        let ours = question.judged();
        assert_eq!(ours, line, "{:?} {:?}", question.entries, question.callers);
        compared += line.len();
        inside += line.matches('1').count();
    }
    asking.join().expect("everything was asked");
    assert!(child.wait().expect("an end").success());
    println!("{compared} pairs, {inside} of them inside");
    assert!(compared >= pairs && inside > pairs / 5 && inside < pairs * 4 / 5);
}

fn ask(input: ChildStdin, seed: u64, lists: usize) {
    let (mut input, mut chance) = (BufWriter::new(input), Chance::new(seed));
    for _ in 0..lists {
        let Question { entries, callers } = Question::random(&mut chance);
        writeln!(input, "{}\t{}", entries.join(","), callers.join(",")).expect("Python reads");
    }
}

struct Question {
    entries: Vec<String>,
    callers: Vec<String>,
}

impl Question {
    fn random(chance: &mut Chance) -> Self {
        let mut entries: Vec<Typed> = Vec::new();
        for _ in 0..=chance.below(3) {
            entries.push(accepted(chance));
        }
        let callers = (0..CALLERS).map(|_| caller(chance, &entries)).collect();
        Self { entries: entries.into_iter().map(|entry| entry.text).collect(), callers }
    }

    fn judged(&self) -> String {
        let list = Whitelist::parse(&self.entries.join("\n"), 50).expect("each of them is accepted");
        let allows = |text: &String| list.allows(text.parse::<IpAddr>().expect("an address"));
        self.callers.iter().map(|caller| if allows(caller) { '1' } else { '0' }).collect()
    }
}

/// Some are refused, such as multicast and everything: those are not the matter here.
fn accepted(chance: &mut Chance) -> Typed {
    loop {
        let typed = entry(chance);
        if Entry::parse(&typed.text).is_ok() {
            return typed;
        }
    }
}

//! Compares whitelist matching with an independent implementation: Python's `ipaddress`, in one child process that is
//! driven through pipes.

mod generator;

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::net::IpAddr;
use std::process::{ChildStdin, Command, Stdio};

use domain::{Entry, Whitelist};
use generator::{Rng, Typed, caller, entry};
use test_support::repetitions;

/// Pairs of a list and an address unless `KEYHATCH_WHITELIST_PAIRS` says otherwise; the promise is 10,000,000.
const PAIRS: usize = 100_000;
/// Addresses per list.
const CALLERS: usize = 20;

#[test]
fn whitelist_matching_agrees_with_python() {
    let pairs = repetitions("KEYHATCH_WHITELIST_PAIRS", PAIRS);
    let mut child = Command::new("python3")
        .args(["-c", include_str!("oracle.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is there: scripts/tools.sh test installs it");
    let (input, output) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
    let lists = pairs.div_ceil(CALLERS);
    // Writer and reader generate the same lists from the same seed, so only the pipes buffer anything.
    let seed = pairs as u64;
    let writer = std::thread::spawn(move || write_cases(input, seed, lists));
    let mut rng = Rng::new(seed);
    let (mut compared, mut allowed) = (0, 0);
    for line in BufReader::new(output).lines() {
        let (line, case) = (line.expect("a line"), Case::random(&mut rng));
        let ours = case.evaluate();
        assert_eq!(ours, line, "{:?} {:?}", case.entries, case.callers);
        compared += line.len();
        allowed += line.matches('1').count();
    }
    writer.join().expect("every case was written");
    assert!(child.wait().expect("an end").success());
    println!("{compared} pairs, {allowed} of them allowed");
    assert!(compared >= pairs && allowed > pairs / 5 && allowed < pairs * 4 / 5);
}

fn write_cases(input: ChildStdin, seed: u64, lists: usize) {
    let (mut input, mut rng) = (BufWriter::new(input), Rng::new(seed));
    for _ in 0..lists {
        let Case { entries, callers } = Case::random(&mut rng);
        writeln!(input, "{}\t{}", entries.join(","), callers.join(",")).expect("Python reads");
    }
}

/// A random whitelist with random callers.
struct Case {
    entries: Vec<String>,
    callers: Vec<String>,
}

impl Case {
    fn random(rng: &mut Rng) -> Self {
        let mut entries: Vec<Typed> = Vec::new();
        for _ in 0..=rng.below(3) {
            entries.push(accepted_entry(rng));
        }
        let callers = (0..CALLERS).map(|_| caller(rng, &entries)).collect();
        Self { entries: entries.into_iter().map(|entry| entry.text).collect(), callers }
    }

    /// One `1` (allowed) or `0` per caller.
    fn evaluate(&self) -> String {
        let list = Whitelist::parse(&self.entries.join("\n"), 50).expect("every entry is accepted");
        let allows = |text: &String| list.allows(text.parse::<IpAddr>().expect("an address"));
        self.callers.iter().map(|caller| if allows(caller) { '1' } else { '0' }).collect()
    }
}

/// Skips entries that are refused, such as multicast and all addresses.
fn accepted_entry(rng: &mut Rng) -> Typed {
    loop {
        let typed = entry(rng);
        if Entry::parse(&typed.text).is_ok() {
            return typed;
        }
    }
}

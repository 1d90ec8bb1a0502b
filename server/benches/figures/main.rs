//! `make bench`: what was measured, one line each, `bench <name> <number> <unit or x>`. A comparison is a ratio of two
//! measurements that took turns in the same run. Nothing here decides whether a number is good.

mod client;
mod data;
mod load;
mod page;
mod program;
mod serve;

use data::World;
use load::Shuffled;
use serve::Child;
use std::time::{Duration, Instant};

const KEYS: usize = 10_000;
const FEW_KEYS: usize = 1_000;
const MANY_KEYS: usize = 1_000_000;
/// Each figure of a pair is taken this many times, in turns.
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 32;

fn main() {
    if std::env::var_os(serve::MARK).is_some() {
        serve::run();
        return;
    }
    // Cargo passes `--bench`; anything else is the part of a name.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let is_wanted = |group: &str| wanted.as_deref().is_none_or(|wanted| group.contains(wanted));
    if is_wanted("page index issue") {
        page::measure();
    }
    if is_wanted("start") {
        program::measure();
    }
    if is_wanted("gate") {
        gate();
    }
}

fn say(name: &str, number: f64, unit: &str) {
    println!("bench {name} {number:.3} {unit}");
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn gate() {
    let world = World::with_keys(KEYS);
    let child = Child::start(&world);
    load::warm(&child, &world.keys);
    let keys = Shuffled::of(&world.keys);
    let ratio = in_turns(|| load::gate(&child, &keys), || load::plain(&child));
    say("gate_per_s", ratio.first, "1/s");
    say("plain_per_s", ratio.second, "1/s");
    say("gate_vs_plain", ratio.ratio, "x");
    drop(child);
    growth();
}

fn growth() {
    let (few, many) = (World::with_keys(FEW_KEYS), World::with_keys(MANY_KEYS));
    let (few_child, many_child) = (Child::start(&few), Child::start(&many));
    load::warm(&few_child, &few.keys);
    load::warm(&many_child, &many.keys[..FEW_KEYS]);
    let before = many_child.resident_mib();
    let began = Instant::now();
    load::warm(&many_child, &many.keys);
    say("gate_fill_per_s", number(MANY_KEYS) / began.elapsed().as_secs_f64(), "1/s");
    say("gate_mib_per_million_keys", many_child.resident_mib() - before, "MiB");
    let (few_keys, many_keys) = (Shuffled::of(&few.keys), Shuffled::of(&many.keys));
    let ratio = in_turns(|| load::gate(&many_child, &many_keys), || load::gate(&few_child, &few_keys));
    say("gate_growth", ratio.ratio, "x");
}

struct Pair {
    first: f64,
    second: f64,
    ratio: f64,
}

/// Medians of both, and of the ratios pair by pair: what slows the machine slows both of a pair.
fn in_turns(mut first: impl FnMut() -> f64, mut second: impl FnMut() -> f64) -> Pair {
    let (mut firsts, mut seconds, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (one, other) = (first(), second());
        firsts.push(one);
        seconds.push(other);
        ratios.push(one / other);
    }
    Pair { first: median(firsts), second: median(seconds), ratio: median(ratios) }
}

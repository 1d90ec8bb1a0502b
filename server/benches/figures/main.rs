//! `make bench`: one line for each measurement, `bench <name> <number> <unit>`, where a ratio has the unit `x`. Ratios
//! compare two measurements that alternate in the same run. No number is judged here.

mod client;
mod create;
mod data;
mod flood;
mod gate;
mod load;
mod nginx;
mod page;
mod serve;
mod start;

use std::time::Duration;

const MANY_KEYS: usize = 1_000_000;
/// Each figure of a pair is measured this many times, alternating.
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 32;

fn main() {
    if std::env::var_os(serve::DATA_DIR_VARIABLE).is_some() {
        serve::run();
        return;
    }
    // Cargo passes `--bench`; another argument selects groups by name.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let is_wanted = |group: &str| wanted.as_deref().is_none_or(|wanted| group.contains(wanted));
    if is_wanted("page index create") {
        page::measure();
        page::measure_many();
    }
    if is_wanted("create api") {
        create::measure();
    }
    if is_wanted("start") {
        start::measure();
    }
    if is_wanted("gate plain") {
        gate::plain();
    }
    if is_wanted("gate limits") {
        gate::limits();
    }
    if is_wanted("gate unknown") {
        gate::unknown();
    }
    if is_wanted("gate nginx") {
        gate::behind_nginx();
    }
    if is_wanted("gate growth") {
        gate::growth();
    }
    if is_wanted("gate flood") {
        flood::measure();
    }
}

fn report(name: &str, number: f64, unit: &str) {
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

struct Pair {
    first: f64,
    second: f64,
    ratio: f64,
}

/// The medians of both, and of the ratios of the pairs: a busy machine slows both of a pair.
fn alternate(mut first: impl FnMut() -> f64, mut second: impl FnMut() -> f64) -> Pair {
    let (mut firsts, mut seconds, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (one, other) = (first(), second());
        firsts.push(one);
        seconds.push(other);
        ratios.push(one / other);
    }
    Pair { first: median(firsts), second: median(seconds), ratio: median(ratios) }
}

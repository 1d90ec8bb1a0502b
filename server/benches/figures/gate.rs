//! The gate's throughput and latency compared with a plain handler of the same program: with few keys and many, with
//! limits, with unknown keys, and behind nginx.

use std::time::Instant;

use crate::data::{self, Dataset};
use crate::load::{self, Shuffled};
use crate::nginx::Nginx;
use crate::serve::ServerProcess;
use crate::{MANY_KEYS, alternate, number, report};

const KEYS: usize = 10_000;
const FEW_KEYS: usize = 1_000;
/// Never reached: the cost of counting is measured.
const LIMITS: &str = "minute=6000 day=1000000 uses-month=100000000";

/// Keys without limits; their last uses are recorded as always.
pub fn plain() {
    let dataset = Dataset::with_keys(KEYS);
    let child = ServerProcess::start(&dataset);
    load::warm(&child, &dataset.keys);
    let keys = Shuffled::of(&dataset.keys);
    let ratio = alternate(|| load::gate(&child, &keys), || load::plain(&child));
    report("gate_per_s", ratio.first, "1/s");
    report("plain_per_s", ratio.second, "1/s");
    report("gate_vs_plain", ratio.ratio, "x");
    let ratio = alternate(|| load::gate_p99(&child, &keys), || load::plain_p99(&child));
    report("gate_p99_us", ratio.first, "us");
    report("plain_p99_us", ratio.second, "us");
    report("gate_p99_vs_plain", ratio.ratio, "x");
}

pub fn limits() {
    let dataset = Dataset::with_limits(KEYS, LIMITS);
    let child = ServerProcess::start(&dataset);
    load::warm(&child, &dataset.keys);
    let keys = Shuffled::of(&dataset.keys);
    let ratio = alternate(|| load::gate(&child, &keys), || load::plain(&child));
    report("gate_limits_per_s", ratio.first, "1/s");
    report("gate_limits_vs_plain", ratio.ratio, "x");
}

/// A million keys that are well formed and were never issued.
pub fn unknown() {
    let dataset = Dataset::with_keys(KEYS);
    let child = ServerProcess::start(&dataset);
    load::warm(&child, &dataset.keys);
    let unknown_keys = Shuffled::of(&data::unknown_keys(MANY_KEYS));
    let before = child.resident_mib();
    let ratio = alternate(|| load::unknown(&child, &unknown_keys), || load::plain(&child));
    report("gate_unknown_per_s", ratio.first, "1/s");
    report("gate_unknown_vs_plain", ratio.ratio, "x");
    report("gate_mib_for_a_million_unknown_keys", child.resident_mib() - before, "MiB");
}

/// nginx with an auth request to the gate, compared with one to the plain handler.
pub fn behind_nginx() {
    let dataset = Dataset::with_keys(KEYS);
    let child = ServerProcess::start(&dataset);
    load::warm(&child, &dataset.keys);
    let keys = Shuffled::of(&dataset.keys);
    let nginx = Nginx::start(child.gate);
    // The gate must really be asked.
    assert!(load::is_refused(nginx.address, "/gate") && !load::is_refused(nginx.address, "/plain"));
    let ratio = alternate(|| load::at(nginx.address, "/gate", &keys), || load::at(nginx.address, "/plain", &keys));
    report("nginx_gate_per_s", ratio.first, "1/s");
    report("nginx_overhead", ratio.ratio, "x");
}

pub fn growth() {
    let (few, many) = (Dataset::with_keys(FEW_KEYS), Dataset::with_keys(MANY_KEYS));
    let (few_child, many_child) = (ServerProcess::start(&few), ServerProcess::start(&many));
    load::warm(&few_child, &few.keys);
    load::warm(&many_child, &many.keys[..FEW_KEYS]);
    let before = many_child.resident_mib();
    let began = Instant::now();
    load::warm(&many_child, &many.keys);
    report("gate_fill_per_s", number(MANY_KEYS) / began.elapsed().as_secs_f64(), "1/s");
    report("gate_mib_per_million_keys", many_child.resident_mib() - before, "MiB");
    let (few_keys, many_keys) = (Shuffled::of(&few.keys), Shuffled::of(&many.keys));
    let ratio = alternate(|| load::gate(&many_child, &many_keys), || load::gate(&few_child, &few_keys));
    report("gate_growth", ratio.ratio, "x");
}

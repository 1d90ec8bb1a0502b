//! Figures of the gate: how much slower a verdict is than a plain answer of the same program, with one key and many,
//! with limits, for made-up keys, and behind nginx.

use std::time::Instant;

use crate::data::{self, World};
use crate::load::{self, Shuffled};
use crate::nginx::Nginx;
use crate::serve::Child;
use crate::{MANY_KEYS, in_turns, number, say};

const KEYS: usize = 10_000;
const FEW_KEYS: usize = 1_000;
/// All of them at once, and never reached: what is measured is the counting.
const LIMITS: &str = "minute=6000 day=1000000 uses-month=100000000";

/// Keys without limits; their last use is noted as always.
pub fn plain() {
    let world = World::with_keys(KEYS);
    let child = Child::start(&world);
    load::warm(&child, &world.keys);
    let keys = Shuffled::of(&world.keys);
    let ratio = in_turns(|| load::gate(&child, &keys), || load::plain(&child));
    say("gate_per_s", ratio.first, "1/s");
    say("plain_per_s", ratio.second, "1/s");
    say("gate_vs_plain", ratio.ratio, "x");
    let ratio = in_turns(|| load::gate_p99(&child, &keys), || load::plain_p99(&child));
    say("gate_p99_us", ratio.first, "us");
    say("plain_p99_us", ratio.second, "us");
    say("gate_p99_vs_plain", ratio.ratio, "x");
}

pub fn limits() {
    let world = World::with_limits(KEYS, LIMITS);
    let child = Child::start(&world);
    load::warm(&child, &world.keys);
    let keys = Shuffled::of(&world.keys);
    let ratio = in_turns(|| load::gate(&child, &keys), || load::plain(&child));
    say("gate_limits_per_s", ratio.first, "1/s");
    say("gate_limits_vs_plain", ratio.ratio, "x");
}

/// A million keys that are well formed and were never issued.
pub fn unknown() {
    let world = World::with_keys(KEYS);
    let child = Child::start(&world);
    load::warm(&child, &world.keys);
    let unknown_keys = Shuffled::of(&data::unknown_keys(MANY_KEYS));
    let before = child.resident_mib();
    let ratio = in_turns(|| load::unknown(&child, &unknown_keys), || load::plain(&child));
    say("gate_unknown_per_s", ratio.first, "1/s");
    say("gate_unknown_vs_plain", ratio.ratio, "x");
    say("gate_mib_for_a_million_unknown_keys", child.resident_mib() - before, "MiB");
}

/// nginx asking the gate before each answer, beside nginx asking a plain 200.
pub fn behind_nginx() {
    let world = World::with_keys(KEYS);
    let child = Child::start(&world);
    load::warm(&child, &world.keys);
    let keys = Shuffled::of(&world.keys);
    let nginx = Nginx::start(child.gate);
    // Or the figure would measure nothing.
    assert!(load::is_turned_away(nginx.address, "/gate") && !load::is_turned_away(nginx.address, "/plain"));
    let ratio = in_turns(|| load::at(nginx.address, "/gate", &keys), || load::at(nginx.address, "/plain", &keys));
    say("nginx_gate_per_s", ratio.first, "1/s");
    say("nginx_overhead", ratio.ratio, "x");
}

pub fn growth() {
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

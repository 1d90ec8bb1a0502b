#!/usr/bin/env bash
# The tests that only differ from those of `make test` in how often they try, with the numbers that are promised. About
# a quarter of an hour. What each of them checks is told in docs/TESTING.md.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/target/tools/bin:$PATH:$HOME/.cargo/bin"

export KEYHATCH_SLOW_CONNECTIONS=${KEYHATCH_SLOW_CONNECTIONS:-10000}
export KEYHATCH_WHITELIST_PAIRS=${KEYHATCH_WHITELIST_PAIRS:-10000000}
export KEYHATCH_UNKNOWN_KEYS=${KEYHATCH_UNKNOWN_KEYS:-1000000}
export KEYHATCH_KILL_ROUNDS=${KEYHATCH_KILL_ROUNDS:-1000}
# Each connection is a descriptor of this side too.
ulimit -n "$(ulimit -H -n)"

scripts/tools.sh test
failed=0
# One after the other, and shown: what they print are figures.
soak() { # package test-binary name
  cargo nextest run -p "$1" --test "$2" --no-capture --no-fail-fast "$3" || failed=1
}
soak domain whitelist every_address_is_let_in_or_not_as_python_says
soak server harness slow::
soak server harness unknown_keys::
soak server harness acknowledged_changes_survive_kill_9
scripts/postgres.sh cargo nextest run -p service --test safety --no-fail-fast racers_for_the_last_places || failed=1
cargo build --quiet -p server --bin keyhatch && scripts/schemathesis.sh "${KEYHATCH_SCHEMATHESIS_CASES:-10000}" || failed=1
# The fuzzer is not part of the tools: ten minutes each where it is installed.
if command -v cargo-fuzz >/dev/null; then scripts/fuzz.sh all "${KEYHATCH_FUZZ_SECONDS:-600}" || failed=1; fi
exit $failed

#!/usr/bin/env bash
# The tests whose strength is repetition, with the promised counts: `make test` runs the same ones with fewer. About a
# quarter of an hour. What each of them checks is in docs/TESTING.md.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/target/tools/bin:$PATH:$HOME/.cargo/bin"

export KEYHATCH_CACHE_SCHEDULES=${KEYHATCH_CACHE_SCHEDULES:-150000}
export KEYHATCH_HANG_UPS=${KEYHATCH_HANG_UPS:-10000}
export KEYHATCH_KEY_CAP_ROUNDS=${KEYHATCH_KEY_CAP_ROUNDS:-200}
export KEYHATCH_KILL_ROUNDS=${KEYHATCH_KILL_ROUNDS:-1000}
export KEYHATCH_SLOW_CONNECTIONS=${KEYHATCH_SLOW_CONNECTIONS:-10000}
export KEYHATCH_UNKNOWN_KEYS=${KEYHATCH_UNKNOWN_KEYS:-1000000}
export KEYHATCH_VERIFICATIONS=${KEYHATCH_VERIFICATIONS:-100000}
export KEYHATCH_WHITELIST_PAIRS=${KEYHATCH_WHITELIST_PAIRS:-10000000}
# Each connection takes a file descriptor on this side too.
ulimit -n "$(ulimit -H -n)"

scripts/tools.sh test
failed=0
# One after the other, with their output: what they print are figures. A filter that matches no test fails the run.
soak() { # filter
  scripts/postgres.sh cargo nextest run --workspace --exclude frontend --no-capture --no-fail-fast --no-tests=fail \
    -E "$1" || failed=1
}
soak 'binary_id(domain::whitelist)'
soak 'package(gate) & test(cache::model::)'
soak 'binary_id(service::safety) & test(client_disconnects::)'
soak 'binary_id(service::safety) & test(deletion::)'
soak 'binary_id(service::safety) & test(key_cap::)'
soak 'binary_id(server::harness) & test(slow::)'
soak 'binary_id(server::harness) & test(unknown_keys::)'
soak 'binary_id(server::harness) & test(/^kill::/)'
cargo build --quiet -p server --bin keyhatch && scripts/schemathesis.sh "${KEYHATCH_SCHEMATHESIS_CASES:-10000}" || failed=1
# The fuzzer is not part of the tools: ten minutes each where it is installed.
if command -v cargo-fuzz >/dev/null; then scripts/fuzz.sh all "${KEYHATCH_FUZZ_SECONDS:-600}" || failed=1; fi
exit $failed

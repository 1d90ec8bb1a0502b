#!/usr/bin/env bash
# The benchmarks, optimised as what is delivered: one line each, `bench <name> <number> <unit or x>`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/tools.sh build
node scripts/web.mjs
cargo build --release --quiet -p server
exec cargo run --release --quiet -p server --bin keyhatch-bench -- "$@"

#!/usr/bin/env bash
# The benchmarks, optimised as what is delivered: one line each, `bench <name> <number> <unit or x>`.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/tools.sh build
node scripts/web.mjs
exec cargo bench --quiet -p server --bench figures -- "$@"

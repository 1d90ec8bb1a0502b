#!/usr/bin/env bash
# Figures of the pages in Chromium: one line each, `bench <name> <number> <unit>`. Arguments are binaries to compare; without,
# the current code is built and measured.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/tools.sh test
if [ $# = 0 ]; then
  node scripts/web.mjs
  cargo build --release --quiet -p server --bin keyhatch
fi
exec node end2end/figures/main.mjs "$@"

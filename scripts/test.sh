#!/usr/bin/env bash
# Every test there is, on a machine where nothing is prepared. A failing step never hides the next one. The last line
# is `N passed, N failed`; a step that is not made of tests (the format, the lints, a build) counts as one.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/target/tools/bin:$PATH:$HOME/.cargo/bin"
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
target=${CARGO_TARGET_DIR:-$PWD/target}
logs=$PWD/target/test-logs
mkdir -p "$logs"

passed=0
failed=0
failures=()

count() { # passed failed what
  passed=$((passed + $1))
  failed=$((failed + $2))
  [ "$2" = 0 ] || failures+=("$3: $2 failed")
}

# One step that passes or fails as a whole.
check() { # what command…
  local what=$1 start=$SECONDS
  shift
  printf '\n=== %s\n' "$what"
  if "$@"; then
    printf -- '--- %s: passed (%s s)\n' "$what" $((SECONDS - start))
    count 1 0 "$what"
  else
    printf -- '--- %s: FAILED (%s s)\n' "$what" $((SECONDS - start))
    count 0 1 "$what"
    return 1
  fi
}

# How many times `word` is counted in nextest's summary line: "12 tests run: 11 passed (1 slow), 1 failed, 0 skipped".
summed() { grep -oE "[0-9]+ $1" <<<"$2" | awk '{ n += $1 } END { print n + 0 }'; }

# Clippy wraps the compiler of the workspace's crates, so that lints, tests and the program come out of one build of the
# dependencies. `make lint` runs the same lints without building.
with_lints() { RUSTC_WORKSPACE_WRAPPER=clippy-driver "$@"; }

# Warnings fail the run here and not in the compiler: one lint must not hide every test.
build_and_lint() {
  local log=$logs/build
  with_lints cargo build --workspace --exclude frontend --all-targets 2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  [ "$code" = 0 ] && ! grep -q '^warning' "$log"
}

rust_tests() {
  local log=$logs/nextest summary bad
  printf '\n=== Rust tests, SQLite and PostgreSQL\n'
  with_lints scripts/postgres.sh cargo nextest run --workspace --exclude frontend --no-fail-fast --no-tests=pass --color never \
    2>&1 | tee "$log"
  local code=${PIPESTATUS[0]}
  summary=$(grep -E '^ *Summary \[' "$log" | tail -1)
  bad=$(($(summed failed "$summary") + $(summed 'exec failed' "$summary") + $(summed 'timed out' "$summary")))
  # Not compiled, no PostgreSQL, interrupted: a failure without a failing test.
  if [ "$code" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  count "$(summed passed "$summary")" "$bad" "Rust tests"
}

# Whether a Rust file has a code block in its documentation that cargo would run.
has_doctests() {
  git ls-files -z --cached --others --exclude-standard '*.rs' | xargs -0 awk '
    FNR == 1 { inside = 0 }
    /^ *\/\/[\/!] *```/ {
      if (!inside && $0 !~ /```(text|ignore|json|sh|sql|toml|html|http|nginx)/) found = 1
      inside = !inside
    }
    END { exit !found }'
}

in_browser() {
  local report=$PWD/target/test-logs/end2end.json sums
  printf '\n=== In the browser\n'
  rm -f "$report"
  (cd end2end && KEYHATCH_BIN=$target/debug/keyhatch REPORT=$report npx --no-install playwright test)
  local code=$?
  sums=$(node -p 'const { stats } = require(process.argv[1]); `${stats.expected} ${stats.unexpected + stats.flaky}`' "$report" 2>/dev/null) || sums="0 1"
  if [ "$code" != 0 ] && [ "${sums#* }" = 0 ]; then sums="${sums% *} 1"; fi
  count "${sums% *}" "${sums#* }" "In the browser"
}

# What the browser loads must not grow a database or a server by accident.
browser_half_is_small() {
  ! cargo tree --quiet -p frontend --target wasm32-unknown-unknown --edges normal --prefix none |
    grep -E '^(sqlx|axum|hyper|mio|argon2|service|store|server) '
}

lint_browser_half() { cargo clippy --quiet -p frontend --features dialogs --target wasm32-unknown-unknown -- -D warnings; }

check "Tools" scripts/tools.sh test
check "Format" cargo fmt --all --check
check "The browser's half has no server in it" browser_half_is_small
check "The page" node scripts/web.mjs
check "Lints of the browser's half" lint_browser_half
check "Build and lints" build_and_lint
rust_tests
if has_doctests; then
  check "Examples in the documentation" with_lints cargo test --doc --quiet --workspace --exclude frontend
fi
check "Types of the browser tests" sh -c 'cd end2end && npx --no-install tsc --noEmit'
# The build of the tests has made target/debug/keyhatch as well.
check "The management interface is as its document says" scripts/schemathesis.sh 300
in_browser

printf '\n'
[ ${#failures[@]} = 0 ] || printf '%s\n' "${failures[@]}"
printf '%s passed, %s failed\n' $passed $failed
[ $failed = 0 ]

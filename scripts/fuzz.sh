#!/usr/bin/env bash
# Fuzzing with stable Rust: `scripts/fuzz.sh TARGET [SECONDS]`, or `all`. The code has no `unsafe` of its own, so no
# sanitizer runs, only the coverage that leads the fuzzer. New inputs land in fuzz/found/TARGET; `scripts/fuzz.sh keep`
# chooses the few that reach most for fuzz/corpus, which `make test` replays. What the targets check does not
# belong here: see fuzz/src/entries.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
export PATH="$PWD/../target/tools/bin:$PATH:$HOME/.cargo/bin"
# cargo-fuzz sets RUSTFLAGS, before which .cargo/config.toml steps back.
export RUSTFLAGS="--cfg=erase_components"
targets=(basic cookie credential form forwarded_for whitelist)
# Longer inputs than a header or a form may have tell nothing.
max_len=4096
kept=36

fuzz() { # command target [arguments]
  local command=$1 target=$2
  shift 2
  cargo fuzz "$command" --fuzz-dir . --sanitizer none "$target" "$@"
}

run() { # target seconds
  mkdir -p "corpus/$1" "found/$1"
  fuzz run "$1" "found/$1" "corpus/$1" -- -max_total_time="$2" -max_len=$max_len -timeout=5 -print_final_stats=1
}

# The seeds written by hand, and of the rest the few that reach most, so that the folder stays small.
keep() { # target
  local chosen
  chosen=$(mktemp -d)
  mkdir -p "corpus/$1" "found/$1"
  fuzz run "$1" "$chosen" "corpus/$1" "found/$1" -- -set_cover_merge=1 -use_counters=0 -use_cmp=0 -max_len=$max_len
  find "corpus/$1" -type f ! -name 'seed-*' -delete
  # Written in the order in which they were chosen: each adds most to those before it.
  ls -tr --time=birth "$chosen" | sed -n "1,${kept}p" | while read -r name; do
    cp "$chosen/$name" "corpus/$1/"
  done
  rm -r "$chosen"
}

each() { # function [arguments]
  for target in "${targets[@]}"; do "$1" "$target" "${@:2}"; done
}

command -v cargo-fuzz >/dev/null || { echo "please: cargo install cargo-fuzz" >&2; exit 1; }
case ${1:-} in
  all) each run "${2:-600}" ;;
  keep) each keep ;;
  *) run "${1:?a target, all or keep}" "${2:-600}" ;;
esac

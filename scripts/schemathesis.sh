#!/usr/bin/env bash
# schemathesis.sh [CASES]: sends the management interface what its own document allows and forbids, and checks that each
# answer is one that the document promises. Starts the program on free ports with accounts, keys, members and a token
# of its own, and removes all of it afterwards. What is sent to whom is decided in `schemathesis_hooks.py`.
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${1:-300}
# A short run sends the same each time: it is there to notice a change of ours. A long one looks for what nobody thought of.
seed=${KEYHATCH_SEED:-$([ "$cases" -gt 1000 ] || echo 1)}
program=${KEYHATCH_BIN:-${CARGO_TARGET_DIR:-$PWD/target}/debug/keyhatch}
venv=$PWD/target/tools/schemathesis
home=$(mktemp -d "${TMPDIR:-/tmp}/keyhatch-schemathesis.XXXXXX")
server=

stop() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

[ -x "$venv/bin/schemathesis" ] || scripts/tools.sh test
[ -x "$program" ] || cargo build --quiet -p server --bin keyhatch

keyhatch() { (cd "$home" && env -i "$program" "$@"); }
field() { node -p 'JSON.parse(require("fs").readFileSync(0))[process.argv[1]]' "$1"; }

# As many keys and accounts as are made on the way, and accounts at each depth.
printf '[limits]\nkeys_per_account = 100000\nsub_account_depth = 3\npage_size = 20\n' >"$home/keyhatch.toml"
account=$(keyhatch account create --name Acme | field id)
members=""
for number in $(seq 12); do
  member=$(keyhatch member create --account "$account" --email "m$number@example.com" --role owner \
    <<<"correct-horse-battery-staple-$number" | field id)
  members="$members $member"
done
token=$(keyhatch token create --name Schemathesis | field token)

(cd "$home" && exec env -i "$program" serve --console-addr 127.0.0.1:0 --gate-addr 127.0.0.1:0) \
  >"$home/stdout.log" 2>"$home/stderr.log" &
server=$!
origin=
for _ in $(seq 100); do
  origin=$(grep -m 1 '^Console' "$home/stdout.log" | grep -o 'http://[^ ]*' || true)
  [ -z "$origin" ] || break
  kill -0 $server 2>/dev/null || { cat "$home/stderr.log" >&2; exit 1; }
  sleep 0.1
done

document=$origin/api/v1/openapi.json
operations=$(curl -sf "$document" | node -p 'Object.values(JSON.parse(require("fs").readFileSync(0)).paths).flatMap(Object.keys).length')
checks=not_a_server_error,status_code_conformance,content_type_conformance
checks=$checks,response_headers_conformance,response_schema_conformance
report=$home/answers.json
code=0

# An operation of few different requests is done before its share is used up, so there may be more than one round.
round() { # cases
  export PYTHONPATH=$PWD/scripts PYTHONDONTWRITEBYTECODE=1 SCHEMATHESIS_HOOKS=schemathesis_hooks
  export KEYHATCH_ORIGIN=$origin KEYHATCH_TOKEN=$token KEYHATCH_ACCOUNT=$account KEYHATCH_MEMBERS=$members
  export KEYHATCH_ANSWERS=$report
  (cd "$home" && exec "$venv/bin/schemathesis" run "$document" --phases fuzzing \
    --max-examples $((($1 + operations - 1) / operations)) --checks $checks --header "Authorization: Bearer $token" \
    --workers 2 --continue-on-failure --no-color --generation-database none --generation-with-security-parameters false \
    --suppress-health-check all --warnings off ${seed:+--seed "$seed"})
}
sent() { node -p 'const sum = (of) => Object.values(of).reduce((all, one) => all + one, 0); sum(Object.values(JSON.parse(require("fs").readFileSync(process.argv[1]))).map(sum))' "$report" 2>/dev/null || echo 0; }

for _ in $(seq 10); do
  left=$((cases - $(sent)))
  # Less than one for each operation is no difference.
  [ $left -ge "$operations" ] || break
  round $left || { code=1; break; }
done
# Answers of the kind 5xx fail above; that the operations were reached at all is seen here.
"$venv/bin/python" - "$report" "$cases" <<'PYTHON' || code=1
import json, sys

answers = json.load(open(sys.argv[1]))
sums = {}
for operation, statuses in sorted(answers.items()):
    print(f"{operation:24}", "  ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    for status, count in statuses.items():
        sums[status[0]] = sums.get(status[0], 0) + count
total = sum(sums.values())
print(f"{total} cases, {sums.get('2', 0) * 100 // total} % of them answered 2xx")
never = [operation for operation, statuses in answers.items() if not any(status[0] == "2" for status in statuses)]
# In a short run an operation has some ten cases, which may all be bad ones.
sys.exit(f"never answered 2xx: {', '.join(never)}" if never and int(sys.argv[2]) > 1000 else 0)
PYTHON
exit $code

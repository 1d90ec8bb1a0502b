#!/usr/bin/env bash
# schemathesis.sh [CASES]: checks the management interface against its own OpenAPI document. Sends requests that the document
# allows and requests that it forbids, and fails on a response that it does not promise. Starts the server on free ports
# with its own accounts, keys, members and token, and removes everything afterwards. Which ids and values the requests
# carry is decided in `schemathesis_hooks.py`.
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${1:-300}
# A short run is a regression test and sends the same requests each time; a long run explores.
seed=${KEYHATCH_SEED:-$([ "$cases" -gt 1000 ] || echo 1)}
program=${KEYHATCH_BIN:-${CARGO_TARGET_DIR:-$PWD/target}/debug/keyhatch}
venv=$PWD/target/tools/schemathesis
workdir=$(mktemp -d "${TMPDIR:-/tmp}/keyhatch-schemathesis.XXXXXX")
server=

cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
  rm -rf "$workdir"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

[ -x "$venv/bin/schemathesis" ] || scripts/tools.sh test
[ -x "$program" ] || cargo build --quiet -p server --bin keyhatch

keyhatch() { (cd "$workdir" && env -i "$program" "$@"); }
field() { node -p 'JSON.parse(require("fs").readFileSync(0))[process.argv[1]]' "$1"; }

# Limits that the run does not reach; sub-accounts at every depth.
printf '[limits]\nkeys_per_account = 100000\nsub_account_depth = 3\npage_size = 20\n' >"$workdir/keyhatch.toml"
account=$(keyhatch account create --name Acme | field id)
members=""
for number in $(seq 12); do
  member=$(keyhatch member create --account "$account" --email "m$number@example.com" --role owner \
    <<<"correct-horse-battery-staple-$number" | field id)
  members="$members $member"
done
token=$(keyhatch token create --name Schemathesis | field token)

(cd "$workdir" && exec env -i "$program" serve --console-addr 127.0.0.1:0 --gate-addr 127.0.0.1:0) \
  >"$workdir/stdout.log" 2>"$workdir/stderr.log" &
server=$!
origin=
for _ in $(seq 100); do
  origin=$(grep -m 1 '^Console' "$workdir/stdout.log" | grep -o 'http://[^ ]*' || true)
  [ -z "$origin" ] || break
  kill -0 $server 2>/dev/null || { cat "$workdir/stderr.log" >&2; exit 1; }
  sleep 0.1
done

document=$origin/api/v1/openapi.json
operations=$(curl -sf "$document" | node -p 'Object.values(JSON.parse(require("fs").readFileSync(0)).paths).flatMap(Object.keys).length')
checks=not_a_server_error,status_code_conformance,content_type_conformance
checks=$checks,response_headers_conformance,response_schema_conformance
responses=$workdir/responses.json
code=0

run_round() { # cases
  export PYTHONPATH=$PWD/scripts PYTHONDONTWRITEBYTECODE=1 SCHEMATHESIS_HOOKS=schemathesis_hooks
  export KEYHATCH_ORIGIN=$origin KEYHATCH_TOKEN=$token KEYHATCH_ACCOUNT=$account KEYHATCH_MEMBERS=$members
  export KEYHATCH_RESPONSES=$responses
  (cd "$workdir" && exec "$venv/bin/schemathesis" run "$document" --phases fuzzing \
    --max-examples $((($1 + operations - 1) / operations)) --checks $checks --header "Authorization: Bearer $token" \
    --workers 2 --continue-on-failure --no-color --generation-database none --generation-with-security-parameters false \
    --suppress-health-check all --warnings off ${seed:+--seed "$seed"})
}
cases_sent() { node -p 'const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0); sum(Object.values(JSON.parse(require("fs").readFileSync(process.argv[1]))).map(sum))' "$responses" 2>/dev/null || echo 0; }

# An operation with few distinct requests ends before its share is used up, so one round may not send enough.
for _ in $(seq 10); do
  left=$((cases - $(cases_sent)))
  [ $left -ge "$operations" ] || break
  run_round $left || { code=1; break; }
done
# 5xx responses have failed the run above. Here: did the requests get past validation?
"$venv/bin/python" - "$responses" "$cases" <<'PYTHON' || code=1
import json, sys

responses = json.load(open(sys.argv[1]))
sums = {}
for operation, statuses in sorted(responses.items()):
    print(f"{operation:24}", "  ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    for status, count in statuses.items():
        sums[status[0]] = sums.get(status[0], 0) + count
total = sum(sums.values())
print(f"{total} cases, {sums.get('2', 0) * 100 // total} % of them answered 2xx")
never = [operation for operation, statuses in responses.items() if not any(status[0] == "2" for status in statuses)]
# In a short run the dozen cases of an operation may all be invalid ones.
sys.exit(f"never answered 2xx: {', '.join(never)}" if never and int(sys.argv[2]) > 1000 else 0)
PYTHON
exit $code

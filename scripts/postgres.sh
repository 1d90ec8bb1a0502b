#!/usr/bin/env bash
# postgres.sh COMMAND [ARGUMENT…]: runs the command beside a PostgreSQL of its own on a free loopback port, whose
# address stands in KEYHATCH_TEST_POSTGRES_URL, and removes both server and data afterwards, whatever happened.
# For tests only: it keeps nothing, syncs nothing and asks for no password.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || bin=$(dirname "$(readlink -f "$(command -v initdb)")")
home=$(mktemp -d "${TMPDIR:-/tmp}/keyhatch-postgres.XXXXXX")
port=$(node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => { process.stdout.write(String(s.address().port)); s.close() })')

# PostgreSQL refuses to run as root.
as_owner=()
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  id $owner >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$home"
  as_owner=(setpriv --reuid="$owner" --regid="$(id -g $owner)" --clear-groups)
fi
# The owner may not be allowed to enter the folder we were called from.
postgres() { (cd "$home" && "${as_owner[@]}" "$bin/$1" "${@:2}"); }

stop() {
  postgres pg_ctl -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

postgres initdb -D "$home/data" -U keyhatch -A trust -E UTF8 --locale=C --no-sync >"$home/initdb.log" 2>&1 ||
  { cat "$home/initdb.log" >&2; exit 1; }
cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$home'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
postgres pg_ctl -D "$home/data" -l "$home/data/log" -w -t 60 start >/dev/null || { cat "$home/data/log" >&2; exit 1; }
postgres createdb -h 127.0.0.1 -p "$port" -U keyhatch keyhatch

KEYHATCH_TEST_POSTGRES_URL=postgres://keyhatch@127.0.0.1:$port/keyhatch "$@"

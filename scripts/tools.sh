#!/usr/bin/env bash
# Makes sure that the tools are there: `tools.sh build` for what `make run` needs, `tools.sh test` for all the tests
# as well. Installs only what is missing, below target/ and node_modules/ where that is possible. What it finds in
# place costs a fraction of a second, because every `make run` passes here.
# What the tools are used for does not belong here.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-build}
own=$PWD/target/tools
export PATH="$own/bin:$PATH:$HOME/.cargo/bin"

say() { printf 'tools: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Debian's packages: installed by root, asked for otherwise.
apt() {
  [ $# -gt 0 ] || return 0
  has apt-get || fail "please install: $*"
  if [ "$(id -u)" != 0 ]; then
    fail "please run: sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  fi
  say "apt-get install $*"
  # The servers are started by the tests themselves, on free ports: Debian must not start its own. The file may
  # be the machine's own rule, which then stays.
  local rule=/usr/sbin/policy-rc.d made=no code=0
  if [ ! -e $rule ]; then
    printf '#!/bin/sh\nexit 101\n' >$rule
    chmod +x $rule
    made=yes
  fi
  apt_quietly "$@" || code=$?
  [ $made = no ] || rm -f $rule
  return $code
}

apt_quietly() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || return
  case " $* " in *" postgresql "*)
    # Before the server package, so that it makes no cluster of its own.
    apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null || return
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  esac
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

rust() {
  has rustup || has rustc || fail "Rust is missing: see https://rustup.rs"
  local channel target=wasm32-unknown-unknown
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  # RUSTUP_AUTO_INSTALL may be 0, then a missing toolchain is an error of every command.
  if ! rustc --version >/dev/null 2>&1; then
    say "rustup toolchain install $channel"
    rustup toolchain install "$channel" --profile minimal --component clippy --component rustfmt
  fi
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; then
    say "rustup target add $target"
    rustup target add "$target"
  fi
}

# The components are needed by the checks only.
rust_checks() {
  local component
  for component in clippy rustfmt; do
    [ -x "$(rustc --print sysroot)/bin/cargo-${component/rust/}" ] || rustup component add $component
  done
}

# A program from crates.io. The dev profile without debug information builds several times faster than release.
crate() { # crate version [flags]
  local name=$1 version=$2
  shift 2
  say "cargo install $name $version (some minutes, once)"
  env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install "$name" --version "$version" --profile dev --root "$own" --force --quiet "$@"
}

# The command-line tool and the crate must be of the very same version, or the page does not start.
wasm_bindgen() {
  local version
  version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  # Not --locked: the published lock file of 0.2.130 names a crate that the registry lacks.
  crate wasm-bindgen-cli "$version"
}

node_and_npm() {
  has node && has npm || fail "Node.js 20.11 or newer with npm is missing"
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b >= 2011 ? 0 : 1)' ||
    fail "Node.js $(node -v) is too old: 20.11 or newer"
}

# `npm ci` whenever the lock file is not the one that was installed.
npm_packages() { # folder
  local lock=$1/package-lock.json installed=$1/node_modules/.installed-lock
  cmp -s "$lock" "$installed" && return
  say "npm ci in $1"
  (cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2)
  cp "$lock" "$installed"
}

test_programs() {
  local missing=()
  has "${CHROMIUM:-chromium}" || missing+=(chromium)
  has nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx)
  has haproxy || [ -x /usr/sbin/haproxy ] || missing+=(haproxy)
  has nft || [ -x /usr/sbin/nft ] || missing+=(nftables)
  has caddy || missing+=(caddy)
  has openssl || missing+=(openssl)
  has pdftotext || missing+=(poppler-utils)
  has python3 || missing+=(python3)
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  apt "${missing[@]}"
}

# From PyPI, with all that it needs, in an environment of its own.
schemathesis() { # version
  local venv=$own/schemathesis
  [ "$("$venv/bin/schemathesis" --version 2>/dev/null)" = "schemathesis, version $1" ] && return
  say "pip install schemathesis $1"
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$1"
}

case $purpose in
  build)
    has cc || apt gcc libc6-dev
    ;;
  test)
    has cc || apt gcc libc6-dev
    test_programs
    ;;
  *) fail "unknown purpose '$purpose': build or test" ;;
esac
rust
node_and_npm
wasm_bindgen
npm_packages scripts
if [ "$purpose" = test ]; then
  rust_checks
  has cargo-nextest || crate cargo-nextest 0.9.143 --locked
  npm_packages end2end
  schemathesis 4.32.5
fi

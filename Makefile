# What is done from the outside. Each target works on a machine with rustup, Node.js and apt only.
.PHONY: run test soak bench page-figures dev lint clean

# Where rustup puts cargo, for a shell that does not know it yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

# Everything that is missing, an optimised build, and the program itself on http://127.0.0.1:3000.
run:
	@scripts/tools.sh build
	@node scripts/web.mjs
	@cargo build --release --quiet -p server --bin keyhatch
	@exec $${CARGO_TARGET_DIR:-target}/release/keyhatch serve

# Every test: Rust, both databases, real servers, a real browser. Ends with `N passed, N failed`.
test:
	@scripts/test.sh

# What is too long for `make test`: the same tests with the numbers of the promise. See docs/TESTING.md.
soak:
	@scripts/soak.sh

# One line each: `bench <name> <number> <unit or x>`.
bench:
	@scripts/bench.sh

# The same of the pages in Chromium. Another binary to compare with: scripts/page-figures.sh <old> <new>.
page-figures:
	@scripts/page-figures.sh

# Rebuilds and restarts on change.
dev:
	@scripts/tools.sh build
	@node scripts/dev.mjs

lint:
	@cargo fmt --all --check
	@cargo clippy --workspace --exclude frontend --all-targets -- -D warnings
	@cargo clippy -p frontend --features dialogs --target wasm32-unknown-unknown -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "cargo-deny is not installed: licences and sources were not checked"; fi

# What was built; data/ stays.
clean:
	@cargo clean
	@rm -rf scripts/node_modules end2end/node_modules end2end/test-results end2end/playwright-report

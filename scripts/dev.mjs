// `make dev`: builds and starts the server, and again whenever a file is saved. A change of what the browser runs
// also builds the wasm; a change of the style only the style. A build that fails leaves the running server alone.
// The page does not reload by itself: reload it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folders = ["crates", "app", "server", "frontend", "style", "migrations"];
const inBrowser = new Set(["crates", "app", "frontend"]);
const run = (program, ...args) => spawnSync(program, args, { cwd: root, stdio: "inherit" }).status === 0;
const say = (text) => console.error(`dev: ${text}`);

let server;
let changed = new Set(folders);
let timer;
let building = false;

function stopServer() {
  return new Promise((stopped) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return stopped();
    server.once("exit", stopped);
    server.kill("SIGTERM");
  });
}

function buildAll(folders) {
  const wasm = [...folders].some((folder) => inBrowser.has(folder));
  if (wasm && !run("node", "scripts/web.mjs", "--quick")) return false;
  if (!wasm && folders.has("style") && !run("node", "scripts/web.mjs", "--quick", "--only-style")) return false;
  return run("cargo", "build", "-p", "server", "--bin", "keyhatch");
}

async function rebuild() {
  if (building) return;
  building = true;
  while (changed.size > 0) {
    const now = changed;
    changed = new Set();
    if (!buildAll(now)) {
      say("the build failed; save a file to try again");
      continue;
    }
    await stopServer();
    server = spawn(join(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/keyhatch"), ["serve"], { cwd: root, stdio: "inherit" });
    say("reload the page");
  }
  building = false;
}

for (const folder of folders.filter((name) => existsSync(join(root, name)))) {
  watch(join(root, folder), { recursive: true }, (_, file) => {
    if (!/\.(rs|toml|css|svg|sql|ttf|otf)$/.test(file ?? "")) return;
    changed.add(folder);
    // Editors write a file in several steps, and a person saves several files.
    clearTimeout(timer);
    timer = setTimeout(rebuild, 200);
  });
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    await stopServer();
    process.exit(0);
  });
}
await rebuild();

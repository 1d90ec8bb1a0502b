// Builds the browser's half into target/site, the folder that the server carries inside itself:
// keyhatch.wasm and keyhatch.js from the crate `frontend`, keyhatch-dialogs.* from the same with the islands of sliders and
// dialogs, keyhatch.css from style/index.css, favicon.svg, and a
// .br and .gz beside each. Steps whose inputs did not change are skipped, and a file is written only when its
// bytes change, so that nothing is compiled again for nothing.
//
//   node scripts/web.mjs           what is delivered: small
//   node scripts/web.mjs --quick   for `make dev`: fast to build, large
//   … --only-style                 leaves the wasm as it is
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const quick = process.argv.includes("--quick");
const onlyStyle = process.argv.includes("--only-style");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const site = join(root, "target/site");
const work = join(root, "target/web");
const stampFile = join(work, "made-from.json");
// What rustc 1.95 emits for wasm32-unknown-unknown and every current browser has.
const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

const env = {
  ...process.env,
  PATH: [join(root, "target/tools/bin"), process.env.PATH, join(process.env.HOME ?? "", ".cargo/bin")].join(delimiter),
};
/** The flags of .cargo/config.toml, and those that keep the folders of this machine out of the places of panics. */
function withoutFolders() {
  const sources = join(process.env.CARGO_HOME ?? join(process.env.HOME ?? "", ".cargo"), "registry/src");
  const registries = existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : [];
  return ["--cfg=erase_components", ...registries.map((from) => `--remap-path-prefix=${from}=crates`), `--remap-path-prefix=${root}=.`];
}

const run = (program, ...args) => execFileSync(program, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
const hash = (...parts) => parts.reduce((h, part) => h.update(part), createHash("sha256")).digest("hex");
const read = (path) => (existsSync(path) ? readFileSync(path) : undefined);
const stamps = JSON.parse(read(stampFile) ?? "{}");

function writeIfChanged(path, bytes) {
  if (!read(path)?.equals(bytes)) writeFileSync(path, bytes);
}

const formsOf = (name) => ["", ".br", ".gz"].map((ending) => join(site, name + ending));
const isCurrent = (name, madeFrom) => stamps[name] === madeFrom && formsOf(name).every(existsSync);

/** Puts a file and its compressed forms into the site, unless `madeFrom` says they are there already. */
function publish(name, madeFrom, make) {
  if (isCurrent(name, madeFrom)) return;
  const forms = formsOf(name);
  const bytes = Buffer.from(make());
  const quality = { [constants.BROTLI_PARAM_QUALITY]: quick ? 1 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const compressed = brotliCompressSync(bytes, { params: quality });
  writeIfChanged(forms[0], bytes);
  writeIfChanged(forms[1], compressed);
  writeIfChanged(forms[2], gzipSync(bytes, { level: quick ? 1 : 9 }));
  stamps[name] = madeFrom;
  const kib = (n) => `${(n / 1024).toFixed(1)} KiB`;
  console.error(`web: ${name} ${kib(bytes.length)}, brotli ${kib(compressed.length)}`);
}

function compile(features) {
  const profile = quick ? "dev" : "wasm-release";
  env.CARGO_ENCODED_RUSTFLAGS = withoutFolders().join("\x1f");
  run("cargo", "build", "--quiet", "-p", "frontend", "--lib", "--target", "wasm32-unknown-unknown", "--profile", profile, ...features);
  return join(target, "wasm32-unknown-unknown", quick ? "debug" : profile, "frontend.wasm");
}

function bind(wasm) {
  const out = join(work, "bindings");
  rmSync(out, { recursive: true, force: true });
  run("wasm-bindgen", wasm, "--target", "web", "--no-typescript", "--out-name", "keyhatch", "--out-dir", out);
  if (!quick) {
    const bound = join(out, "keyhatch_bg.wasm");
    run(process.execPath, join(root, "scripts/node_modules/binaryen/bin/wasm-opt"), "-Oz", "--converge", ...features.map((f) => `--enable-${f}`), bound, "-o", bound);
  }
  return out;
}

async function script(name, features) {
  const wasm = compile(features);
  const lock = readFileSync(join(root, "scripts/package-lock.json"));
  const madeFrom = hash(readFileSync(wasm), lock, readFileSync(import.meta.filename), String(quick));
  if ([".js", ".wasm"].every((ending) => isCurrent(name + ending, madeFrom))) return;
  const out = bind(wasm);
  // Bundled, because wasm-bindgen may put crates' own snippets of script into files beside the glue.
  const glue = await build({
    entryPoints: [join(out, "keyhatch.js")],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    write: false,
  });
  publish(`${name}.js`, madeFrom, () => glue.outputFiles[0].contents);
  publish(`${name}.wasm`, madeFrom, () => readFileSync(join(out, "keyhatch_bg.wasm")));
}

async function style() {
  const sheet = await build({
    entryPoints: [join(root, "style/index.css")],
    bundle: true,
    minify: true,
    external: ["data:*"],
    write: false,
  });
  const bytes = sheet.outputFiles[0].contents;
  publish("keyhatch.css", hash(bytes, String(quick)), () => bytes);
  const icon = read(join(root, "style/favicon.svg"));
  if (icon) publish("favicon.svg", hash(icon, String(quick)), () => icon);
}

function removeStrangers() {
  for (const name of readdirSync(site)) {
    if (!(name.replace(/\.(br|gz)$/, "") in stamps)) rmSync(join(site, name));
  }
}

try {
  mkdirSync(site, { recursive: true });
  mkdirSync(work, { recursive: true });
  await style();
  if (!onlyStyle) {
    await script("keyhatch", []);
    await script("keyhatch-dialogs", ["--features", "dialogs"]);
  }
  removeStrangers();
} catch (error) {
  // The program that failed has said why; a trace through this file says nothing more.
  console.error(`web: ${error.message}`);
  process.exitCode = 1;
} finally {
  writeFileSync(stampFile, JSON.stringify(stamps, null, 1));
}

// A server with one account of fifty keys, whose owner is signed in. It is filled by the command line, so that an older
// binary can be measured as well.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KEYS = 50;
const EMAIL = "jo@acme.example";
const PASSWORD = "correct horse battery staple";
const START_TIMEOUT_MS = 30_000;

/** The most entries of a whitelist here. */
export const ENTRIES_MAX = 500;

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Runs in each page before its own scripts. The islands hydrate in the microtasks after the wasm is there, before any timer. */
function watchHydration() {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const instance = await instantiate(...args);
    setTimeout(() => (window.hydratedAt = performance.now()));
    return instance;
  };
}

export const waitForHydration = (page) => page.waitForFunction(() => window.hydratedAt);

export class Keyhatch {
  static async start(program, browser) {
    const home = await mkdtemp(join(tmpdir(), "keyhatch-figures-"));
    const keyhatch = new Keyhatch(program, home, await freePort(), await freePort());
    await writeFile(join(home, "keyhatch.toml"), `[limits]\nwhitelist_entries = ${ENTRIES_MAX}\n`);
    await keyhatch.fill();
    keyhatch.server = keyhatch.spawn(["serve"], "ignore", "ignore");
    await keyhatch.waitUntilReady();
    await keyhatch.signIn(browser);
    return keyhatch;
  }

  constructor(program, home, consolePort, gatePort) {
    Object.assign(this, { program, home, url: `http://127.0.0.1:${consolePort}`, gate: `http://127.0.0.1:${gatePort}` });
    // The configuration of the person who measures must not take effect.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("KEYHATCH_"));
    this.env = {
      ...Object.fromEntries(inherited),
      KEYHATCH_DATA_DIR: join(home, "data"),
      KEYHATCH_CONSOLE_ADDR: `127.0.0.1:${consolePort}`,
      KEYHATCH_GATE_ADDR: `127.0.0.1:${gatePort}`,
    };
  }

  get list() {
    return `${this.url}/settings/api-keys`;
  }

  /** A page in a browser without any cache, signed in. */
  async openPage(browser) {
    const context = await browser.newContext({ storageState: this.session, viewport: { width: 1280, height: 820 }, locale: "en-GB" });
    await context.addInitScript(watchHydration);
    return context.newPage();
  }

  async stop() {
    const exited = once(this.server, "exit");
    this.server.kill();
    await exited;
    await rm(this.home, { recursive: true, force: true });
  }

  spawn(args, stdout, stderr = "inherit") {
    return spawn(this.program, args, { cwd: this.home, env: this.env, stdio: ["pipe", stdout, stderr] });
  }

  async run(args, input = "") {
    const child = this.spawn(args, "pipe");
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stdin.end(input);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`keyhatch ${args.join(" ")} failed`);
    return output.trim() ? JSON.parse(output) : undefined;
  }

  async fill() {
    const { id } = await this.run(["account", "create", "--name", "Acme Mail"]);
    await this.run(["member", "create", "--account", id, "--email", EMAIL, "--role", "owner"], `${PASSWORD}\n`);
    const rules = ["--whitelist", "127.0.0.0/8", "--whitelist", "203.0.113.7", "--privilege", "contacts:read", "--privilege", "orders:write"];
    for (let n = 1; n <= KEYS; n++) await this.run(["key", "create", "--account", id, `--name=Warehouse sync ${n}`, ...rules]);
  }

  async waitUntilReady() {
    const deadline = performance.now() + START_TIMEOUT_MS;
    const isReady = () => fetch(`${this.gate}/readyz`).then((response) => response.ok, () => false);
    while (!(await isReady())) {
      if (performance.now() > deadline) throw new Error(`${this.program} does not become ready`);
      await new Promise((next) => setTimeout(next, 25));
    }
  }

  async signIn(browser) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${this.url}/sign-in`);
    await page.getByRole("textbox", { name: "Email" }).fill(EMAIL);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: EMAIL }).waitFor();
    this.session = await context.storageState();
    await context.close();
  }
}

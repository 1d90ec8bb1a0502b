// A Keyhatch of its own for a test: an empty data folder, two free ports, and its command line. Nothing about
// browsers belongs here.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Server, answers, freePort, until } from "./process";

const program = process.env.KEYHATCH_BIN ?? resolve(__dirname, "../../target/debug/keyhatch");

export interface Person {
  email: string;
  password: string;
}

export interface CreatedKey {
  id: string;
  key: string;
}

export class Keyhatch {
  private server?: Server;
  private readonly logs: string[] = [];

  private constructor(
    readonly home: string,
    readonly consolePort: number,
    readonly gatePort: number,
    private readonly databaseUrl?: string,
  ) {}

  /** Without `databaseUrl` it keeps its rows in a file of its own; `config` is the text of its `keyhatch.toml`. */
  static async start(databaseUrl?: string, config?: string): Promise<Keyhatch> {
    const home = await mkdtemp(join(tmpdir(), "keyhatch-"));
    if (config) await writeFile(join(home, "keyhatch.toml"), config);
    const keyhatch = new Keyhatch(home, await freePort(), await freePort(), databaseUrl);
    await keyhatch.start();
    return keyhatch;
  }

  /** The console's address, without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.consolePort}`;
  }

  get gate(): string {
    return `http://127.0.0.1:${this.gatePort}`;
  }

  get log(): string {
    return this.logs.join("") + (this.server?.output ?? "");
  }

  /** The one-time link that the first start prints. */
  async setupLink(): Promise<string> {
    const printed = () => /http:\/\/\S*\/setup\S*(?=\s)/.exec(this.log)?.[0];
    await until("the set-up link", () => printed() !== undefined);
    return printed() ?? "";
  }

  async start(): Promise<void> {
    const server = new Server(program, ["serve"], { cwd: this.home, env: this.environment() });
    this.server = server;
    await until("Keyhatch to be ready", async () => {
      if (!server.running) throw new Error(`Keyhatch ended:\n${server.output}`);
      return (await answers(`${this.gate}/readyz`)) && (await answers(`${this.url}/sign-in`));
    });
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.server?.stop(signal);
    this.logs.push(this.server?.output ?? "");
    this.server = undefined;
  }

  /** What it held in memory is in the database afterwards. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Runs the command line on the same data folder; what it prints is JSON, or nothing. */
  command<T>(args: string[], input = ""): Promise<T> {
    return new Promise((done, failed) => {
      const child = execFile(program, args, { cwd: this.home, env: this.environment() }, (error, stdout, stderr) => {
        if (error) failed(new Error(`keyhatch ${args.join(" ")}: ${stderr || error.message}`));
        else done((stdout.trim() ? JSON.parse(stdout) : undefined) as T);
      });
      // A program may close its input before we do; whether that was a fault, its exit code says.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(input);
    });
  }

  /** An account with one owner, without the browser. */
  async createAccount(name = "Acme Mail", email = "jo@acme.example"): Promise<{ id: string; owner: Person }> {
    const { id } = await this.command<{ id: string }>(["account", "create", "--name", name]);
    const owner = { email, password: "correct horse battery staple" };
    await this.command(["member", "create", "--account", id, "--email", owner.email, "--role", "owner"], `${owner.password}\n`);
    return { id, owner };
  }

  createKey(account: string, name: string, options: { whitelist?: string[]; privileges?: string[]; environment?: "live" | "sandbox" } = {}): Promise<CreatedKey> {
    const args = ["key", "create", "--account", account, `--name=${name}`];
    for (const entry of options.whitelist ?? []) args.push("--whitelist", entry);
    for (const privilege of options.privileges ?? []) args.push("--privilege", privilege);
    if (options.environment) args.push("--environment", options.environment);
    return this.command<CreatedKey>(args);
  }

  /** Asks the gate about a call with this key, as a gateway would. */
  async verify(key: string, ip: string, call: { privilege?: string } = {}): Promise<string> {
    const body = JSON.stringify({ key, ip, ...call });
    const answer = await fetch(`${this.gate}/v1/verify`, { method: "POST", headers: { "content-type": "application/json" }, body });
    return ((await answer.json()) as { code: string }).code;
  }

  private environment(): NodeJS.ProcessEnv {
    // What the person who runs the tests has configured must not reach them.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("KEYHATCH_"));
    return {
      ...Object.fromEntries(inherited),
      KEYHATCH_DATA_DIR: join(this.home, "data"),
      KEYHATCH_CONSOLE_ADDR: `127.0.0.1:${this.consolePort}`,
      KEYHATCH_GATE_ADDR: `127.0.0.1:${this.gatePort}`,
      ...(this.databaseUrl ? { KEYHATCH_DATABASE_URL: this.databaseUrl } : {}),
    };
  }
}

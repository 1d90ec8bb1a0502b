// A Keyhatch server with an empty data folder and two free ports, its command line, and its HTTP interfaces for setting
// up what a test needs. Nothing about browsers belongs here.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BackgroundProcess, freePort, respondsOk, waitUntil } from "./process";

const program = process.env.KEYHATCH_BIN ?? resolve(__dirname, "../../target/debug/keyhatch");

const PASSWORD = "correct horse battery staple";

export type Role = "owner" | "admin" | "viewer";

/** What signs in. */
export interface Credentials {
  email: string;
  password: string;
}

export interface Cookie {
  name: string;
  value: string;
}

/** A member who has not signed in on a page; `session` is the cookie of a session of theirs. */
export interface Member extends Credentials {
  session: Cookie;
}

export interface Account {
  id: string;
  name: string;
  owner: Member;
}

export interface CreatedKey {
  id: string;
  key: string;
}

export interface NewKey {
  whitelist?: string[];
  privileges?: string[];
  environment?: "live" | "sandbox";
}

let emailsMade = 0;

/** An email that no other test of this worker uses: members are unique on a server. */
export const uniqueEmail = (name: string, domain = "acme.example"): string => `${name}${++emailsMade}@${domain}`;

export class Keyhatch {
  private server?: BackgroundProcess;
  private readonly earlierLogs: string[] = [];
  private accountsCreated = 0;
  private token?: Promise<string>;

  private constructor(
    readonly home: string,
    readonly consolePort: number,
    readonly gatePort: number,
    private readonly databaseUrl?: string,
  ) {}

  /** Uses SQLite without a `databaseUrl`; `config` is the text of its `keyhatch.toml`, where `{url}` is the console's URL. */
  static async start(databaseUrl?: string, config?: string): Promise<Keyhatch> {
    const home = await mkdtemp(join(tmpdir(), "keyhatch-"));
    const keyhatch = new Keyhatch(home, await freePort(), await freePort(), databaseUrl);
    if (config) await writeFile(join(home, "keyhatch.toml"), config.replaceAll("{url}", keyhatch.url));
    await keyhatch.start();
    return keyhatch;
  }

  /** The console's origin, without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.consolePort}`;
  }

  /** The gate's origin, without a trailing slash. */
  get gate(): string {
    return `http://127.0.0.1:${this.gatePort}`;
  }

  /** The log since the first start. */
  get log(): string {
    return this.earlierLogs.join("") + (this.server?.output ?? "");
  }

  /** The one-time link that the first start prints. */
  async setupLink(): Promise<string> {
    const printed = () => /http:\/\/\S*\/setup\S*(?=\s)/.exec(this.log)?.[0];
    await waitUntil("the set-up link", () => printed() !== undefined);
    return printed() ?? "";
  }

  async start(): Promise<void> {
    const server = new BackgroundProcess(program, ["serve"], { cwd: this.home, env: this.environment() });
    this.server = server;
    await waitUntil("Keyhatch to be ready", async () => {
      if (!server.isRunning) throw new Error(`Keyhatch exited:\n${server.output}`);
      return (await respondsOk(`${this.gate}/readyz`)) && (await respondsOk(`${this.url}/sign-in`));
    });
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.server?.stop(signal);
    this.earlierLogs.push(this.server?.output ?? "");
    this.server = undefined;
  }

  /** A stop flushes to the database what was held in memory. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Runs the command line on the same data folder; it prints JSON or nothing. */
  command<T>(args: string[], input = ""): Promise<T> {
    return new Promise((resolve, reject) => {
      const child = execFile(program, args, { cwd: this.home, env: this.environment() }, (error, stdout, stderr) => {
        if (error) reject(new Error(`keyhatch ${args.join(" ")}: ${stderr || error.message}`));
        else resolve((stdout.trim() ? JSON.parse(stdout) : undefined) as T);
      });
      // A program may close its input early; its exit code says whether that was a failure.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(input);
    });
  }

  /** An account with one owner; its name and the owner's email occur once on this server. */
  async createAccount(options: { name?: string; email?: string; parent?: string } = {}): Promise<Account> {
    const number = ++this.accountsCreated;
    const name = options.name ?? `Acme Mail ${number}`;
    const { id } = await this.post<{ id: string }>("/accounts", { name, parent: options.parent });
    return { id, name, owner: await this.createMember(id, options.email ?? uniqueEmail("jo"), "owner") };
  }

  /** Invites and joins: one password hash, and no start of a process. */
  async createMember(account: string, email: string, role: Role): Promise<Member> {
    const { token } = await this.post<{ token: string }>(`/accounts/${account}/invitations`, { email, role });
    const joined = await fetch(`${this.url}/invite`, {
      method: "POST",
      headers: { origin: this.url },
      body: new URLSearchParams({ do: "join", token, password: PASSWORD }),
      redirect: "manual",
    });
    const session = /^(?<name>[^=]+)=(?<value>[^;]+)/.exec(joined.headers.getSetCookie()[0] ?? "")?.groups;
    if (!session) throw new Error(`joining failed: ${joined.status} ${await joined.text()}`);
    return { email, password: PASSWORD, session: session as unknown as Cookie };
  }

  /** Over the management interface; `credential` is an operator token by default, or a key of the account above. */
  createKey(account: string, name: string, key: NewKey = {}, credential?: string): Promise<CreatedKey> {
    return this.post(`/accounts/${account}/keys`, { name, ...key }, credential);
  }

  createKeyByCommand(account: string, name: string, key: NewKey = {}): Promise<CreatedKey> {
    const args = ["key", "create", "--account", account, `--name=${name}`];
    for (const entry of key.whitelist ?? []) args.push("--whitelist", entry);
    for (const privilege of key.privileges ?? []) args.push("--privilege", privilege);
    if (key.environment) args.push("--environment", key.environment);
    return this.command<CreatedKey>(args);
  }

  /** The gate's verdict about a call with this key, asked for as a gateway would. */
  async verify(key: string, ip: string, call: { privilege?: string } = {}): Promise<string> {
    const body = JSON.stringify({ key, ip, ...call });
    const response = await fetch(`${this.gate}/v1/verify`, { method: "POST", headers: { "content-type": "application/json" }, body });
    return ((await response.json()) as { code: string }).code;
  }

  private operatorToken(): Promise<string> {
    this.token ??= this.command<{ token: string }>(["token", "create", "--name", "Browser tests"]).then(({ token }) => token);
    return this.token;
  }

  private async post<T>(path: string, body: object, credential?: string): Promise<T> {
    const headers = { authorization: `Bearer ${credential ?? (await this.operatorToken())}`, "content-type": "application/json" };
    const response = await fetch(`${this.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  private environment(): NodeJS.ProcessEnv {
    // The configuration of the person who runs the tests must not take effect.
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

// A PostgreSQL of its own for a test, reached through a TCP proxy that the test can disconnect and reconnect.
import { ChildProcess, spawn } from "node:child_process";
import { createServer, connect, Server, Socket } from "node:net";
import { resolve } from "node:path";
import { BackgroundProcess, waitUntil } from "./process";

const script = resolve(__dirname, "../../scripts/postgres.sh");

export class Postgres {
  private readonly sockets = new Set<Socket>();
  private isDisconnected = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly directUrl: URL,
    private readonly proxy: Server,
  ) {}

  static async start(): Promise<Postgres> {
    // The script stops PostgreSQL when its command exits: `cat` does at the end of its input.
    const child = spawn(script, ["sh", "-c", "echo $KEYHATCH_TEST_POSTGRES_URL; cat"], {
      stdio: ["pipe", "pipe", "pipe"],
      // Playwright sets FORCE_COLOR for its children, which would put escape codes around the port number.
      env: { ...process.env, FORCE_COLOR: "0" },
    });
    let stdout = "";
    let stderr = "";
    child.stderr?.on("data", (text) => (stderr += text));
    child.stdout?.on("data", (text) => (stdout += text));
    await waitUntil("PostgreSQL", () => {
      if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${stderr}`);
      return stdout.endsWith("\n");
    }, 60_000);
    const proxy = createServer((client) => postgres.forward(client));
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    const postgres: Postgres = new Postgres(child, new URL(stdout.trim()), proxy);
    return postgres;
  }

  /** The database's URL through the proxy. */
  get url(): string {
    const url = new URL(this.directUrl);
    url.port = String((this.proxy.address() as { port: number }).port);
    return url.href;
  }

  /** Closes every connection and refuses new ones. */
  disconnect(): void {
    this.isDisconnected = true;
    for (const socket of this.sockets) socket.destroy();
  }

  reconnect(): void {
    this.isDisconnected = false;
  }

  /** Locks every table that a change of a key writes to, until the returned function is called. */
  async lockKeys(): Promise<() => Promise<void>> {
    const statements = ["BEGIN", "LOCK TABLE key_generation, keys IN EXCLUSIVE MODE", "SELECT 'locked'", "SELECT pg_sleep(600)"];
    const holder = this.psql("-A", "-t", ...statements.flatMap((statement) => ["-c", statement]));
    await waitUntil("the lock", () => {
      if (!holder.isRunning) throw new Error(`psql exited:\n${holder.output}`);
      return holder.output.includes("locked");
    });
    // PostgreSQL notices that a client has gone only at its next write, so the session is terminated on the server.
    return async () => {
      const terminate = this.psql("-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()");
      await waitUntil("the end of the lock", () => !terminate.isRunning && !holder.isRunning);
    };
  }

  /** Runs a statement without Keyhatch. */
  async run(sql: string): Promise<void> {
    const psql = this.psql("-q", "-c", sql);
    await waitUntil("the statement", () => !psql.isRunning);
    if (psql.output) throw new Error(`psql: ${psql.output}`);
  }

  async stop(): Promise<void> {
    this.disconnect();
    await new Promise((closed) => this.proxy.close(closed));
    this.child.stdin?.end();
    await waitUntil("PostgreSQL to stop", () => this.child.exitCode !== null || this.child.signalCode !== null);
  }

  private psql(...args: string[]): BackgroundProcess {
    return new BackgroundProcess("psql", ["-X", "-d", this.directUrl.href, ...args], { cwd: "/" });
  }

  private forward(client: Socket): void {
    if (this.isDisconnected) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(this.directUrl.port), this.directUrl.hostname);
    for (const [source, target] of [[client, upstream], [upstream, client]] as const) {
      this.sockets.add(source);
      source.pipe(target);
      source.on("error", () => target.destroy());
      source.on("close", () => {
        this.sockets.delete(source);
        target.destroy();
      });
    }
  }
}

// A PostgreSQL of its own for a test, reached through a line that the test can cut: the database is gone, and back.
import { ChildProcess, spawn } from "node:child_process";
import { createServer, connect, Server, Socket } from "node:net";
import { resolve } from "node:path";
import { Server as Program, until } from "./process";

const script = resolve(__dirname, "../../scripts/postgres.sh");

export class Postgres {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly direct: URL,
    private readonly line: Server,
  ) {}

  static async start(): Promise<Postgres> {
    // It runs for as long as `cat` does, which ends with its input.
    const child = spawn(script, ["sh", "-c", "echo $KEYHATCH_TEST_POSTGRES_URL; cat"], {
      stdio: ["pipe", "pipe", "pipe"],
      // The runner asks every program below it for colours, and gets them in the port's number too.
      env: { ...process.env, FORCE_COLOR: "0" },
    });
    let said = "";
    let complaint = "";
    child.stderr?.on("data", (text) => (complaint += text));
    child.stdout?.on("data", (text) => (said += text));
    await until("PostgreSQL", () => {
      if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${complaint}`);
      return said.endsWith("\n");
    }, 60_000);
    const direct = new URL(said.trim());
    const line = createServer((near) => postgres.join(near));
    await new Promise<void>((ready) => line.listen(0, "127.0.0.1", ready));
    const postgres: Postgres = new Postgres(child, direct, line);
    return postgres;
  }

  /** The database's address through the line. */
  get url(): string {
    const url = new URL(this.direct);
    url.port = String((this.line.address() as { port: number }).port);
    return url.href;
  }

  private isCut = false;

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  /** Lets another program hold every row that a change needs, until the returned function is called. */
  async hold(): Promise<() => Promise<void>> {
    const sql = "BEGIN; LOCK TABLE key_generation, keys IN EXCLUSIVE MODE; SELECT 'held'; SELECT pg_sleep(600);";
    const psql = new Program("psql", ["-X", "-A", "-t", "-d", this.direct.href, ...sql.split(/(?<=;) /).flatMap((part) => ["-c", part])], { cwd: "/" });
    await until("the lock", () => {
      if (!psql.running) throw new Error(`psql ended:\n${psql.output}`);
      return psql.output.includes("held");
    });
    // The server notices a dead client only when it next speaks to it, so the one that holds the lock is told to end.
    return async () => {
      const end = new Program("psql", ["-X", "-d", this.direct.href, "-c", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()"], { cwd: "/" });
      await until("the end of the lock", () => !end.running && !psql.running);
    };
  }

  /** Runs a statement, past Keyhatch. */
  async run(sql: string): Promise<void> {
    const psql = new Program("psql", ["-X", "-q", "-d", this.direct.href, "-c", sql], { cwd: "/" });
    await until("the statement", () => !psql.running);
    if (psql.output) throw new Error(`psql: ${psql.output}`);
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.line.close(closed));
    this.child.stdin?.end();
    await until("PostgreSQL to end", () => this.child.exitCode !== null || this.child.signalCode !== null);
  }

  private join(near: Socket): void {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(this.direct.port), this.direct.hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}

// Child processes and ports, as the servers beside this file need them. What is started does not belong here.
import { ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}

export async function until(what: string, done: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await new Promise((next) => setTimeout(next, 25));
  }
}

export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A server in the background, with everything it wrote. */
export class Server {
  output = "";
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(program: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
    this.child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout?.on("data", (text) => (this.output += text));
    this.child.stderr?.on("data", (text) => (this.output += text));
    this.ended = new Promise((resolve) => {
      this.child.once("exit", () => resolve());
      this.child.once("error", (error) => {
        this.output += String(error);
        resolve();
      });
    });
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!this.running) return;
    this.child.kill(signal);
    const patience = setTimeout(() => this.child.kill("SIGKILL"), 8_000);
    await this.ended;
    clearTimeout(patience);
  }
}

// Statements on the SQLite database of a running Keyhatch, for rows that its interfaces cannot create. Python's driver,
// because Node.js 20 has none.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Keyhatch } from "./keyhatch";

const EXECUTE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=10).executescript(sys.argv[2])";

/** Runs the statements, each in its own transaction, without Keyhatch. */
export async function runSql(keyhatch: Keyhatch, statements: string): Promise<void> {
  await promisify(execFile)("python3", ["-c", EXECUTE, join(keyhatch.home, "data", "keyhatch.db"), statements]);
}

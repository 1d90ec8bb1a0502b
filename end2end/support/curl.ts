// A call by curl, as a document for developers writes it.
import { execFile } from "node:child_process";

export interface CurlAnswer {
  status: number;
  // Whatever JSON came back.
  json: any;
}

/** Runs `curl` with these arguments. */
export function curl(...args: string[]): Promise<CurlAnswer> {
  return new Promise((done, failed) => {
    execFile("curl", ["-sS", "-w", "\n%{http_code}", ...args], (error, stdout, stderr) => {
      if (error) return failed(new Error(`curl: ${stderr || error.message}`));
      const end = stdout.lastIndexOf("\n");
      const body = stdout.slice(0, end);
      done({ status: Number(stdout.slice(end + 1)), json: body ? JSON.parse(body) : undefined });
    });
  });
}

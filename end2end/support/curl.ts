// A request by curl, as documentation for developers writes it.
import { execFile } from "node:child_process";

export interface CurlResponse {
  status: number;
  // The shape differs from endpoint to endpoint.
  json: any;
}

/** Runs `curl` with these arguments. */
export function curl(...args: string[]): Promise<CurlResponse> {
  return new Promise((resolve, reject) => {
    execFile("curl", ["-sS", "-w", "\n%{http_code}", ...args], (error, stdout, stderr) => {
      if (error) return reject(new Error(`curl: ${stderr || error.message}`));
      const bodyEnd = stdout.lastIndexOf("\n");
      const body = stdout.slice(0, bodyEnd);
      resolve({ status: Number(stdout.slice(bodyEnd + 1)), json: body ? JSON.parse(body) : undefined });
    });
  });
}

// A live nginx that authorizes each request at the gate (`auth_request`), in front of an upstream that echoes the request
// headers it received. Callers use different loopback addresses as their source, which Linux allows without any set-up.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, Server as HttpServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackgroundProcess, freePort, waitUntil } from "./process";

const IDENTITY_HEADERS = ["Key-Id", "Key-Name", "Account", "Environment", "Privileges"];

function configuration(home: string, port: number, upstream: number, gate: string, query: string): string {
  const variable = (header: string) => `keyhatch_${header.toLowerCase().replace("-", "_")}`;
  return `
daemon off;
master_process off;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 128; }
http {
  access_log off;
  client_body_temp_path ${home}/body;
  proxy_temp_path ${home}/proxy;
  fastcgi_temp_path ${home}/fastcgi;
  uwsgi_temp_path ${home}/uwsgi;
  scgi_temp_path ${home}/scgi;
  server {
    listen 127.0.0.1:${port};
    location / {
      auth_request /_keyhatch;
      ${IDENTITY_HEADERS.map((header) => `auth_request_set $${variable(header)} $upstream_http_x_keyhatch_${header.toLowerCase().replace("-", "_")};`).join("\n      ")}
      ${IDENTITY_HEADERS.map((header) => `proxy_set_header X-Keyhatch-${header} $${variable(header)};`).join("\n      ")}
      proxy_set_header Authorization "";
      proxy_pass http://127.0.0.1:${upstream};
    }
    location = /_keyhatch {
      internal;
      proxy_pass ${gate}/auth/nginx${query};
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`;
}

export interface ProxiedResponse {
  status: number;
  /** The headers that the upstream received; empty if the call was refused. */
  upstream: Record<string, string>;
}

export class Nginx {
  private constructor(
    private readonly home: string,
    private readonly port: number,
    private readonly process: BackgroundProcess,
    private readonly upstream: HttpServer,
  ) {}

  /** `query` is what the gateway requires of every call, such as `?privilege=contacts:read`. */
  static async start(gate: string, query = ""): Promise<Nginx> {
    const upstream = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
    await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
    const upstreamPort = (upstream.address() as { port: number }).port;
    const home = await mkdtemp(join(tmpdir(), "keyhatch-nginx-"));
    // Started as root, nginx may run its workers as another user.
    await chmod(home, 0o755);
    const port = await freePort();
    await writeFile(join(home, "nginx.conf"), configuration(home, port, upstreamPort, gate, query));
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
    const nginxProcess = new BackgroundProcess("nginx", ["-p", home, "-e", join(home, "error.log"), "-c", join(home, "nginx.conf")], { cwd: home, env });
    const nginx = new Nginx(home, port, nginxProcess, upstream);
    await waitUntil("nginx", async () => {
      if (!nginxProcess.isRunning) throw new Error(`nginx exited:\n${nginxProcess.output}`);
      return nginx.call("127.0.0.1").then(() => true, () => false);
    });
    return nginx;
  }

  /** One call to the protected upstream with `address` as its source. */
  call(address: string, headers: Record<string, string> = {}): Promise<ProxiedResponse> {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.port, path: "/contacts", localAddress: address, headers, agent: false };
      const call = request(options, (response) => {
        let body = "";
        response.on("data", (part) => (body += part));
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          resolve({ status, upstream: status === 200 ? JSON.parse(body) : {} });
        });
      });
      call.once("error", reject);
      call.end();
    });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.upstream.closeAllConnections();
    await new Promise((closed) => this.upstream.close(closed));
    await rm(this.home, { recursive: true, force: true });
  }
}

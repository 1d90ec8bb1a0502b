// A live nginx that asks the gate before each call, in front of a small upstream that answers with the headers that
// reached it. Callers come from different loopback addresses, which Linux answers without any set-up.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, Server as HttpServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, freePort, until } from "./process";

const identity = ["Key-Id", "Key-Name", "Account", "Environment", "Privileges"];

function configuration(home: string, port: number, upstream: number, gate: string, question: string): string {
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
      ${identity.map((header) => `auth_request_set $${variable(header)} $upstream_http_x_keyhatch_${header.toLowerCase().replace("-", "_")};`).join("\n      ")}
      ${identity.map((header) => `proxy_set_header X-Keyhatch-${header} $${variable(header)};`).join("\n      ")}
      proxy_set_header Authorization "";
      proxy_pass http://127.0.0.1:${upstream};
    }
    location = /_keyhatch {
      internal;
      proxy_pass ${gate}/auth/nginx${question};
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`;
}

export interface Answer {
  status: number;
  /** The headers that reached the upstream; empty when the call did not. */
  upstream: Record<string, string>;
}

export class Nginx {
  private constructor(
    private readonly home: string,
    private readonly port: number,
    private readonly server: Server,
    private readonly upstream: HttpServer,
  ) {}

  /** `question` is the gateway's own, such as `?privilege=contacts:read`. */
  static async start(gate: string, question = ""): Promise<Nginx> {
    const upstream = createServer((asked, answer) => answer.end(JSON.stringify(asked.headers)));
    await new Promise<void>((ready) => upstream.listen(0, "127.0.0.1", ready));
    const upstreamPort = (upstream.address() as { port: number }).port;
    const home = await mkdtemp(join(tmpdir(), "keyhatch-nginx-"));
    // Started by root, nginx may work as another user.
    await chmod(home, 0o755);
    const port = await freePort();
    await writeFile(join(home, "nginx.conf"), configuration(home, port, upstreamPort, gate, question));
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
    const server = new Server("nginx", ["-p", home, "-e", join(home, "error.log"), "-c", join(home, "nginx.conf")], { cwd: home, env });
    const nginx = new Nginx(home, port, server, upstream);
    await until("nginx", async () => {
      if (!server.running) throw new Error(`nginx ended:\n${server.output}`);
      return nginx.call("127.0.0.1").then(() => true, () => false);
    });
    return nginx;
  }

  /** One call to the protected upstream, coming from `address`. */
  call(address: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((done, failed) => {
      const options = { host: "127.0.0.1", port: this.port, path: "/contacts", localAddress: address, headers, agent: false };
      const call = request(options, (answer) => {
        let body = "";
        answer.on("data", (part) => (body += part));
        answer.on("end", () => {
          const status = answer.statusCode ?? 0;
          done({ status, upstream: status === 200 ? JSON.parse(body) : {} });
        });
      });
      call.once("error", failed);
      call.end();
    });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.upstream.closeAllConnections();
    await new Promise((closed) => this.upstream.close(closed));
    await rm(this.home, { recursive: true, force: true });
  }
}

// A small SMTP server that keeps every mail it is sent.
import { AddressInfo, Server, createServer } from "node:net";
import { waitUntil } from "./process";

export class MailServer {
  private constructor(
    private readonly server: Server,
    private readonly mails: string[],
  ) {}

  static async start(): Promise<MailServer> {
    const mails: string[] = [];
    const server = createServer((socket) => {
      let text = "";
      let inData = false;
      socket.write("220 mail.example ESMTP\r\n");
      socket.on("error", () => undefined);
      socket.on("data", (chunk) => {
        for (const line of chunk.toString("utf8").split(/(?<=\n)/)) {
          text += line;
          const command = line.trimEnd();
          if (inData && command !== ".") continue;
          if (inData) {
            mails.push(decode(text));
            text = "";
          }
          socket.write(command === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
          inData = command === "DATA";
        }
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new MailServer(server, mails);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The first mail to this address whose text matches, with the part that matched first. */
  async find(to: string, pattern: RegExp): Promise<string> {
    const found = () => this.mails.filter((mail) => mail.includes(`RCPT TO:<${to}>`)).map((mail) => pattern.exec(mail)?.[0]);
    await waitUntil(`a mail to ${to}`, () => found().some((part) => part !== undefined));
    return found().find((part) => part !== undefined) ?? "";
  }

  /** How many mails were sent to this address. */
  count(to: string): number {
    return this.mails.filter((mail) => mail.includes(`RCPT TO:<${to}>`)).length;
  }

  stop(): void {
    this.server.close();
  }
}

/** Decodes quoted-printable as far as these mails need it: soft line breaks and equals signs. */
const decode = (mail: string): string => mail.replaceAll("=\r\n", "").replaceAll("=3D", "=");

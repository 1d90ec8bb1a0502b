// The text of a downloaded PDF, extracted by poppler.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Download } from "@playwright/test";

export async function pdfText(download: Download): Promise<string> {
  const { stdout } = await promisify(execFile)("pdftotext", ["-layout", await download.path(), "-"]);
  return stdout;
}

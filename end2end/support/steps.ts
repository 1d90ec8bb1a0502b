// Steps that several tests share. A step that is itself under test is written out in its test.
import { Page, expect } from "@playwright/test";
import { Member } from "./keyhatch";
import { RevealDialog, keysHeading, keysPath, openAdd, visit } from "./screen";

/** Signs in by the member's session instead of the sign-in page, and opens the list of keys. */
export async function resumeSession(page: Page, url: string, { session }: Member): Promise<void> {
  await page.context().addCookies([{ ...session, url }]);
  await visit(page, url + keysPath);
  await expect(keysHeading(page)).toBeVisible();
}

/** Adds a key on the page, closes the reveal dialog and returns the key. */
export async function addKeyOnPage(page: Page, name: string, whitelist = ""): Promise<string> {
  const editor = await openAdd(page);
  await editor.name.fill(name);
  await editor.whitelist.fill(whitelist);
  await editor.save.click();
  const reveal = new RevealDialog(page);
  await expect(reveal.key).toBeVisible();
  const key = await reveal.key.inputValue();
  await closeReveal(page);
  return key;
}

/** Copies the key, which enables "Done", and closes the dialog. */
export async function closeReveal(page: Page, reveal = new RevealDialog(page)): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await reveal.copy.click();
  await reveal.done.click();
  await expect(reveal.dialog).toBeHidden();
}

/** Today in UTC as the list shows it, such as "18 Nov 2026". */
export function todayUtc(): string {
  const now = new Date();
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return `${now.getUTCDate()} ${months[now.getUTCMonth()]} ${now.getUTCFullYear()}`;
}

// Longer paths that several tests walk. Each step of a path that is itself under test is written out in that test.
import { Page, expect } from "@playwright/test";
import { Reveal, openAdd } from "./screen";

/** Adds a key in the browser, closes the dialog and gives back the key. */
export async function addKeyOnPage(page: Page, name: string, whitelist = ""): Promise<string> {
  const slider = await openAdd(page);
  await slider.name.fill(name);
  await slider.whitelist.fill(whitelist);
  await slider.save.click();
  const reveal = new Reveal(page);
  await expect(reveal.key).toBeVisible();
  const key = await reveal.key.inputValue();
  await closeReveal(page);
  return key;
}

/** Copies the key, without which the dialog does not close, and closes it. */
export async function closeReveal(page: Page, reveal = new Reveal(page)): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await reveal.copy.click();
  await reveal.done.click();
  await expect(reveal.dialog).toBeHidden();
}

/** The day of now as the list shows it, such as "18 Nov 2026". */
export function todayUtc(): string {
  const now = new Date();
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return `${now.getUTCDate()} ${months[now.getUTCMonth()]} ${now.getUTCFullYear()}`;
}

// The back/forward cache: pages of the settings come back at once, and none after signing out. Playwright turns that cache
// off, so this test starts a browser of its own.
import { Browser, Page, chromium } from "@playwright/test";
import { PageChecks } from "../support/page-checks";
import { RevealDialog, openAdd, rows, signIn, signOut } from "../support/screen";
import { expect, test } from "../support/test";

declare global {
  interface Window {
    /** Whether the page came back from the back/forward cache. */
    cameBack?: boolean;
  }
}

let browser: Browser;

test.beforeAll(async ({}, info) => {
  const { executablePath, args } = info.project.use.launchOptions ?? {};
  browser = await chromium.launch({ executablePath, args, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
});

test.afterAll(async () => browser.close());

/** Playwright's own `goBack` waits for a load, which a page from the cache does not have. */
const goBack = (page: Page) => page.evaluate(() => setTimeout(() => history.back()));

test("Back shows a page of the settings at once, and nothing of it after signing out", async ({ keyhatch }) => {
  const { owner, id } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync");
  const context = await browser.newContext();
  const checks = await PageChecks.watch(context);
  await context.addInitScript(() => addEventListener("pageshow", (event) => (window.cameBack = event.persisted)));
  const page = await context.newPage();
  await signIn(page, keyhatch.url, owner);
  await page.getByRole("link", { name: "Members" }).click();
  await expect(page.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
  await goBack(page);
  await expect(page.getByText("Warehouse sync")).toBeVisible();
  expect(await page.evaluate(() => window.cameBack), "from the back/forward cache").toBe(true);

  await signOut(page, owner);
  for (const _ of [1, 2]) {
    await goBack(page);
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await expect(page.getByText("Warehouse sync")).toHaveCount(0);
    expect(await page.content()).not.toContain(owner.email);
  }
  checks.expectNone();
  await context.close();
});

test("a secret is gone from a page that is left, even if the browser keeps the page", async ({ keyhatch }) => {
  const { owner } = await keyhatch.createAccount();
  const context = await browser.newContext();
  const checks = await PageChecks.watch(context);
  const page = await context.newPage();
  await signIn(page, keyhatch.url, owner);
  const editor = await openAdd(page);
  await editor.name.fill("Warehouse sync");
  await editor.save.click();
  const reveal = new RevealDialog(page);
  const key = await reveal.key.inputValue();
  await page.getByRole("checkbox", { name: "I have saved this key" }).check();
  await page.goto(`${keyhatch.url}/settings/security`);
  await expect(page.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
  await goBack(page);
  await expect(rows(page)).toContainText("Warehouse sync");
  await expect(reveal.dialog).toBeHidden();
  expect(await page.content()).not.toContain(key.split("_").at(-1) ?? key);
  checks.expectNone();
  await context.close();
});

// The activity page: sentences, filters, pages and the CSV export, by mouse and by keyboard.
import { readFile } from "node:fs/promises";
import { Page } from "@playwright/test";
import { press, reach } from "../support/keyboard";
import { blockWasm, expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { chooseAction, deleteDialog, fillSignIn, keysPath, openEdit, rows, signIn, visit } from "../support/screen";
import { addKeyOnPage } from "../support/steps";
import { expect, test } from "../support/test";

const path = "/settings/activity";
const done = (page: Page) => page.getByRole("table", { name: "Activity" }).locator("tbody tr");
const filter = (page: Page) => page.getByRole("search", { name: "Filter activity" });

test("activity is listed as sentences, newest first", async ({ page, keyhatch, signedIn }) => {
  await page.context().clearCookies();
  await signIn(page, keyhatch.url, signedIn.owner);
  const key = await addKeyOnPage(page, "Web shop");
  const edit = await openEdit(page, "Web shop");
  await edit.name.fill("Shop");
  await edit.whitelist.fill("203.0.113.7");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  await chooseAction(page, "Shop", "Delete Key");
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(deleteDialog(page)).toBeHidden();
  await keyhatch.createKeyByCommand(signedIn.id, "=By hand");

  const menu = page.getByRole("navigation", { name: "Settings" });
  await menu.getByRole("link", { name: "Activity" }).click();
  await expect(page).toHaveURL(keyhatch.url + path);
  await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeVisible();
  await expect(menu.getByRole("link", { name: "Activity" })).toHaveAttribute("aria-current", "page");
  await expect(menu.getByRole("link", { name: "API Keys" })).not.toHaveAttribute("aria-current", "page");
  await expect(done(page)).toContainText([
    "Created the key “=By hand”: no privileges, from any address.",
    "Deleted the key “Shop”.",
    "Updated the key “Shop”: renamed from “Web shop”, from 203.0.113.7.",
    "Created the key “Web shop”: no privileges, from any address.",
    "Signed in.",
  ]);
  await expect(done(page).nth(1)).toContainText(signedIn.owner.email);
  await expect(done(page).nth(1)).toContainText("127.0.0.1");
  await expect(done(page).first()).toContainText("Operator");
  expect(await page.content()).not.toContain(key.slice(20));
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const file = await (await download).path();
  const lines = (await readFile(file, "utf8")).split("\r\n");
  expect(lines[0]).toBe("Time,Who,Action,What,Key id,Key,From");
  expect(lines[1]).toContain("'=By hand");
  expect(lines[2]).toMatch(/Z,jo\d+@acme\.example,key\.delete,Deleted the key “Shop”\.,key_\w+,Shop,127\.0\.0\.1$/);
});

test("the filter form submits to the URL", async ({ page, keyhatch, signedIn }) => {
  await page.context().clearCookies();
  await signIn(page, keyhatch.url, signedIn.owner);
  await keyhatch.createKey(signedIn.id, "Web shop");
  await keyhatch.createKey(signedIn.id, "Warehouse");
  await page.goto(keyhatch.url + path);
  await filter(page).getByLabel("Key").fill("shop");
  await filter(page).getByLabel("About").selectOption("Keys");
  await filter(page).getByRole("button", { name: "Filter" }).click();
  await expect(done(page)).toHaveCount(1);
  await expect(page).toHaveURL(/group=keys&key=shop/);
  await expect(filter(page).getByLabel("Key")).toHaveValue("shop");
  await expect(filter(page).getByLabel("About")).toHaveValue("keys");
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(page).toHaveURL(keyhatch.url + path);

  await filter(page).getByLabel("Who").selectOption(signedIn.owner.email);
  await page.keyboard.press("Tab");
  await filter(page).getByRole("button", { name: "Filter" }).click();
  await expect(done(page)).toHaveText([/Signed in\./, /Joined as owner/]);
  // A key in a row links to that key's activity.
  await page.goto(keyhatch.url + path);
  await page.getByRole("link", { name: "Warehouse" }).click();
  await expect(done(page)).toHaveText([/Created the key “Warehouse”/]);

  await page.goto(`${keyhatch.url}${path}?from=2999-01-01`);
  await expect(page.getByText("No activity matches these filters.")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${keyhatch.url}${path}?from=2026-05-02&to=2026-05-01`);
  await expect(page.getByText("The last day is before the first. Choose a later one.")).toBeVisible();
  await expect(filter(page).getByLabel("From date")).toHaveValue("2026-05-02");
  await expectAccessible(page);
});

test("older pages are links that work without wasm and by keyboard", async ({ page, keyhatch, pageChecks }) => {
  await blockWasm(page, pageChecks);
  const { id, owner } = await keyhatch.createAccount();
  for (let n = 1; n <= 55; n++) await keyhatch.createKey(id, `Program ${n}`);
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(`${keyhatch.url}${path}`);
  await expect(done(page)).toHaveCount(50);
  await expect(page.getByRole("link", { name: "Newest" })).toHaveCount(0);
  const older = page.getByRole("link", { name: "Older" });
  await older.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?after=\d+$/);
  await expect(done(page).first()).toContainText("Program 6");
  // Five keys, signed in, joined, invited, account created.
  await expect(done(page)).toHaveCount(9);
  await expect(older).toHaveCount(0);
  await press(page, filter(page).getByLabel("Key"), "x");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("program 55");
  await page.keyboard.press("Enter");
  await expect(done(page)).toHaveText([/Program 55/]);
  await reach(page, page.getByRole("link", { name: "Program 55" }));
});

test("activity fits a phone screen", async ({ page, keyhatch, signedIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await keyhatch.createKey(signedIn.id, "A name of thirty-two characters!", { whitelist: ["2001:db8:1:2:3:4:5:6-2001:db8:1:2:3:4:5:ffff"] });
  await page.goto(keyhatch.url + path);
  await expect(done(page)).toHaveCount(4);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await visit(page, keyhatch.url + keysPath);
  await expect(rows(page)).toHaveCount(1);
  await expectNoWiderThanScreen(page);
});

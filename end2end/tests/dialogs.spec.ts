// Every page and dialog of the keys by WCAG 2.2 AA, dark and light; in forced colours; with reduced motion; 320 pixels wide.
import { Page } from "@playwright/test";
import { Account, Keyhatch } from "../support/keyhatch";
import { expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { KeyEditor, RevealDialog, keysPath, openAdd, selectKey, visit } from "../support/screen";
import { expect, test } from "../support/test";

const dialogs = ["add", "edit", "edit-for-test", "rotate", "disable", "enable", "delete", "test"] as const;

/** A key in use and one that was rotated; returns the id of the first. */
async function makeKeys(keyhatch: Keyhatch, { id }: Account): Promise<string> {
  const made = await keyhatch.createKey(id, "Warehouse synchronisation", { whitelist: ["2001:db8:aaaa:bbbb:cccc:dddd:eeee:1-2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff", "203.0.113.0/24"], privileges: ["contacts:read", "orders:write"] });
  await keyhatch.createKey(id, "Staging tests", { environment: "sandbox" });
  await keyhatch.verify(made.key, "203.0.113.9");
  return made.id;
}

const address = (dialog: string, id: string) => (dialog === "add" ? "?add" : `?${dialog}=${id}`);

async function eachDialog(page: Page, keyhatch: Keyhatch, id: string, check: (dialog: string) => Promise<void>): Promise<void> {
  for (const dialog of dialogs) {
    await test.step(dialog, async () => {
      await visit(page, keyhatch.url + keysPath + address(dialog, id));
      await expect(page.getByRole("dialog")).toBeVisible();
      await check(dialog);
    });
  }
}

async function reveal(page: Page): Promise<RevealDialog> {
  const editor = await openAdd(page);
  await editor.name.fill("Shop");
  await editor.save.click();
  const dialog = new RevealDialog(page);
  await expect(dialog.key).toBeVisible();
  await expect(dialog.dialog.getByText("Waiting for the first call…")).toBeVisible();
  return dialog;
}

test("axe finds nothing in any dialog", async ({ page, keyhatch, signedIn }) => {
  test.setTimeout(180_000);
  const id = await makeKeys(keyhatch, signedIn);
  await eachDialog(page, keyhatch, id, () => expectAccessible(page));
  await visit(page, keyhatch.url + keysPath);
  await selectKey(page, "Staging tests").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expectAccessible(page);
  await visit(page, `${keyhatch.url}${keysPath}/${id}`);
  await expectAccessible(page);
  await visit(page, keyhatch.url + keysPath);
  await reveal(page);
  await expectAccessible(page);
});

test("nothing is wider than 320 pixels", async ({ page, keyhatch, signedIn }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 320, height: 640 });
  const id = await makeKeys(keyhatch, signedIn);
  await visit(page, keyhatch.url + keysPath);
  await expectNoWiderThanScreen(page);
  await eachDialog(page, keyhatch, id, async (dialog) => {
    await expectNoWiderThanScreen(page);
    if (dialog !== "add") return;
    const editor = new KeyEditor(page, "Add API key");
    await editor.name.fill("x".repeat(60));
    await editor.whitelist.fill(`${"y".repeat(90)}\n10.1.2.3/24`);
    await editor.limitsHead.click();
    await editor.limit("Expires").selectOption("On a date…");
    await editor.save.click();
    await expect(editor.name).toHaveAttribute("aria-invalid", "true");
    await expectNoWiderThanScreen(page);
    // Forget the draft.
    await editor.cancel.click();
    await expect(editor.dialog).toBeHidden();
  });
  await visit(page, `${keyhatch.url}${keysPath}/${id}`);
  await expectNoWiderThanScreen(page);
  await visit(page, keyhatch.url + keysPath);
  const dialog = await reveal(page);
  await expectNoWiderThanScreen(page);
  expect(await dialog.key.evaluate((field) => field.scrollHeight <= field.clientHeight + 1)).toBe(true);
});

test.describe("forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active", reducedMotion: "reduce" } });

  test("what is chosen, marked and focused is visible without the page's own colours", async ({ page, keyhatch, signedIn }) => {
    const id = await makeKeys(keyhatch, signedIn);
    await visit(page, keyhatch.url + keysPath);
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    // The colours are the person's own, which axe does not know.
    const check = () => expectAccessible(page, ["color-contrast"]);
    await check();
    const all = page.getByRole("group", { name: "Environment" }).getByRole("link", { name: "All" });
    const live = page.getByRole("group", { name: "Environment" }).getByRole("link", { name: "Live" });
    const look = (element: typeof all) => element.evaluate((link) => `${getComputedStyle(link).backgroundColor} ${getComputedStyle(link).borderStyle} ${getComputedStyle(link).outlineStyle}`);
    expect(await look(all)).not.toBe(await look(live));
    await eachDialog(page, keyhatch, id, check);
  });
});

test("with reduced motion nothing moves", async ({ page, keyhatch, signedIn }) => {
  const id = await makeKeys(keyhatch, signedIn);
  await visit(page, keyhatch.url + keysPath);
  const moving = () => page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getTiming().duration) > 50).length);
  expect(await moving()).toBe(0);
  await eachDialog(page, keyhatch, id, async () => expect(await moving()).toBe(0));
  await visit(page, keyhatch.url + keysPath);
  await reveal(page);
  expect(await moving()).toBe(0);
});

// What is typed into the slider survives Escape, Back, Forward, a reload, another page and an expired session; Save and
// Cancel drop it.
import { Page } from "@playwright/test";
import { waitForHydration } from "../support/page-checks";
import { KeyEditor, addKey, fillSignIn, keysPath, openAdd, openEdit, rows, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

async function type(editor: KeyEditor): Promise<void> {
  await editor.name.fill("Half written");
  await editor.whitelist.fill("203.0.113.7\n10.1.2.3/24");
  await editor.environment("Sandbox").check();
  await editor.privilege("Contacts: Read").check();
  await editor.limitsHead.click();
  await editor.limit("Calls per minute").fill("600");
  await editor.limit("Expires").selectOption("30 days");
}

async function expectKept(editor: KeyEditor): Promise<void> {
  await expect(editor.name).toHaveValue("Half written");
  await expect(editor.whitelist).toHaveValue("203.0.113.7\n10.1.2.3/24");
  await expect(editor.environment("Sandbox")).toBeChecked();
  await expect(editor.privilege("Contacts: Read")).toBeChecked();
  await expect(editor.privilege("Contacts: Write")).not.toBeChecked();
  await expect(editor.limit("Calls per minute")).toHaveValue("600");
  await expect(editor.limit("Expires")).toHaveValue("30d");
  // What counts and checks sees it, too.
  await expect(editor.dialog).toContainText("12 of 32");
  await expect(editor.dialog.getByText("1 to fix", { exact: true })).toBeVisible();
}

async function expectEmpty(page: Page): Promise<void> {
  const editor = await openAdd(page);
  await expect(editor.dialog).toContainText("0 of 32");
  await expect(editor.name).toHaveValue("");
  await expect(editor.whitelist).toHaveValue("");
  await expect(editor.privilege("Contacts: Read")).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(editor.dialog).toBeHidden();
}

test("a new key's draft survives everything but Cancel", async ({ page, context, keyhatch, signedIn }) => {
  let editor = await openAdd(page);
  await type(editor);

  await test.step("Escape", async () => {
    await page.keyboard.press("Escape");
    await expect(editor.dialog).toBeHidden();
    await expect(addKey(page)).toBeFocused();
    editor = await openAdd(page);
    await expectKept(editor);
  });

  await test.step("a reload", async () => {
    await page.reload();
    await waitForHydration(page);
    await expectKept(editor);
  });

  await test.step("Back and Forward", async () => {
    await page.goBack();
    await expect(editor.dialog).toBeHidden();
    await page.goForward();
    await expect(editor.dialog).toBeVisible();
    await expectKept(editor);
  });

  await test.step("another page", async () => {
    await visit(page, `${keyhatch.url}/settings/security`);
    await visit(page, `${keyhatch.url}${keysPath}?add`);
    await expectKept(editor);
  });

  await test.step("an expired session", async () => {
    await context.clearCookies();
    await page.reload();
    await expect(page).toHaveURL(/\/sign-in/);
    await fillSignIn(page, signedIn.owner);
    await expect(editor.dialog).toBeVisible();
    await waitForHydration(page);
    await expectKept(editor);
  });

  await editor.cancel.click();
  await expect(editor.dialog).toBeHidden();
  await expectEmpty(page);
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith("draft")))).toEqual([]);
});

test("a saved draft is gone, and an edit has one of its own", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Shop");
  await edit.name.fill("Web shop");
  await page.keyboard.press("Escape");
  await expect(edit.dialog).toBeHidden();
  await expectEmpty(page);

  await page.getByRole("button", { name: "Actions for Shop" }).click();
  await page.getByRole("menuitem", { name: "Edit Key" }).click();
  await expect(edit.name).toHaveValue("Web shop");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  await expect(rows(page)).toContainText("Web shop");
  const again = await openEdit(page, "Web shop");
  await expect(again.dialog).toContainText("8 of 32");
  await again.cancel.click();

  const add = await openAdd(page);
  await add.name.fill("Till");
  await add.save.click();
  await closeReveal(page);
  await expectEmpty(page);
});

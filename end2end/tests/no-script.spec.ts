// The whole walk of a key with plain forms: once where no wasm arrives, once with JavaScript off.
import { Page } from "@playwright/test";
import { Keyhatch } from "../support/keyhatch";
import { blockWasm } from "../support/page-checks";
import { ExplainPanel, KeyEditor, RevealDialog, RotateDialog, addKey, bulkActions, chooseAction, deleteDialog, fillSignIn, keysHeading, keysPath, notice, rows, selectKey, setUp, signOut } from "../support/screen";
import { expect, testWithOwnServer as test } from "../support/test";

const jo = { email: "jo@acme.example", password: "correct horse battery staple" };
const home = "203.0.113.7";

/** What the browser itself says about scripts that it does not load. */
const scriptsBlocked = [/request failed: GET \S+\.js csp$/];

const row = (page: Page, name: string) => rows(page).filter({ hasText: name });

/** Confirms that the new key is saved and closes the dialog. */
async function close({ dialog, done }: RevealDialog): Promise<void> {
  await dialog.getByRole("checkbox", { name: "I have saved this key" }).check();
  await done.click();
  await expect(dialog).toBeHidden();
}

async function add(page: Page, name: string): Promise<string> {
  await addKey(page).click();
  const editor = new KeyEditor(page, "Add API key");
  await editor.name.fill(name);
  await editor.save.click();
  const reveal = new RevealDialog(page);
  const key = await reveal.key.inputValue();
  await close(reveal);
  await expect(notice(page, `Created ${name}.`)).toBeVisible();
  return key;
}

async function enter(page: Page, keyhatch: Keyhatch): Promise<void> {
  await setUp(page, await keyhatch.setupLink(), "Acme Mail", jo);
  await signOut(page, jo);
  await fillSignIn(page, jo);
  await expect(keysHeading(page)).toBeVisible();
}

async function addWithErrors(page: Page, keyhatch: Keyhatch): Promise<string> {
  await addKey(page).click();
  await expect(page).toHaveURL(/\?add$/);
  const editor = new KeyEditor(page, "Add API key");
  await editor.name.fill("x".repeat(33));
  await editor.whitelist.fill(`${home}\n10.0.0.*`);
  await editor.privilege("Contacts: Read").check();
  await editor.limitsHead.click();
  await editor.limit("Calls per minute").fill("600");
  await editor.save.click();
  await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  await expect(editor.name).toHaveAccessibleDescription(/32/);
  await expect(editor.whitelist).toHaveAttribute("aria-invalid", "true");
  await expect(editor.whitelist).toHaveValue(`${home}\n10.0.0.*`);
  await expect(editor.privilege("Contacts: Read")).toBeChecked();
  await expect(editor.limit("Calls per minute")).toHaveValue("600");
  await editor.name.fill("Shop");
  await editor.whitelist.fill(home);
  await editor.save.click();
  const reveal = new RevealDialog(page);
  await expect(reveal.key).toHaveValue(/^kh_live_/);
  const key = await reveal.key.inputValue();
  await expect(reveal.dialog).toContainText(`KEYHATCH_KEY=${key}`);
  const [download] = await Promise.all([page.waitForEvent("download"), reveal.pdf.click()]);
  expect(download.suggestedFilename()).toBe("Shop.pdf");
  await close(reveal);
  await expect(notice(page, "Created Shop.")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  expect(await keyhatch.verify(key, home, { privilege: "contacts:read" })).toBe("VALID");
  return key;
}

async function testAndEdit(page: Page): Promise<void> {
  await chooseAction(page, "Shop", "Test this key");
  const explain = new ExplainPanel(page);
  await explain.address.fill("203.0.113.9");
  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: IP_NOT_ALLOWED");
  await expect(explain.address).toHaveValue("203.0.113.9");
  await explain.edit.click();
  const edit = new KeyEditor(page, "Edit API key");
  await expect(edit.whitelist).toHaveValue(home);
  await edit.name.fill("Web shop");
  await edit.save.click();
  // Back in the test.
  await expect(explain.dialog).toContainText("Web shop");
  await page.goto(page.url().replace(/\?.*/, ""));
  await chooseAction(page, "Web shop", "Edit Key");
  await edit.whitelist.fill("203.0.113.0/24");
  await edit.save.click();
  await expect(notice(page, "Updated Web shop.")).toBeVisible();
  await expect(row(page, "Web shop")).toContainText("203.0.113.0/24");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "Undid the update of Web shop.")).toBeVisible();
  await expect(row(page, "Web shop")).not.toContainText("203.0.113.0/24");
}

async function disableAndEnable(page: Page, keyhatch: Keyhatch, key: string): Promise<void> {
  await chooseAction(page, "Web shop", "Disable Key");
  // It was used, so a dialog asks.
  await page.getByRole("dialog", { name: "Disable API key" }).getByRole("button", { name: "Disable Key" }).click();
  await expect(notice(page, "Disabled Web shop.")).toBeVisible();
  expect(await keyhatch.verify(key, home)).toBe("DISABLED");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(notice(page, "Enabled Web shop.")).toBeVisible();
  expect(await keyhatch.verify(key, home)).toBe("VALID");
}

async function rotate(page: Page, keyhatch: Keyhatch, old: string): Promise<void> {
  await chooseAction(page, "Web shop", "Rotate Key");
  const dialog = new RotateDialog(page);
  await dialog.overlap("Until a date…").check();
  await dialog.dialog.getByLabel("Until (UTC)").fill("2001-01-01T00:00");
  await dialog.confirm.click();
  await expect(dialog.dialog.getByText("This moment has passed.")).toBeVisible();
  await dialog.overlap(/^Not at all/).check();
  await dialog.confirm.click();
  const reveal = new RevealDialog(page, "API key rotated");
  const key = await reveal.key.inputValue();
  await close(reveal);
  await expect(notice(page, "Rotated Web shop.")).toBeVisible();
  expect([await keyhatch.verify(old, home), await keyhatch.verify(key, home)]).toEqual(["NOT_FOUND", "VALID"]);
}

async function bulk(page: Page, keyhatch: Keyhatch): Promise<void> {
  const keys = [await add(page, "Till 1"), await add(page, "Till 2")];
  const codes = () => Promise.all(keys.map((key) => keyhatch.verify(key, home)));
  const select = async () => {
    for (const name of ["Till 1", "Till 2"]) await selectKey(page, name).check();
  };
  await select();
  await bulkActions(page).getByRole("button", { name: "Disable" }).click();
  const disable = page.getByRole("dialog", { name: "Disable API key" });
  await expect(disable).toContainText("2 keys (Till 2, Till 1)");
  await expect(disable).toContainText("None of them was used in the last 24 hours.");
  await disable.getByRole("button", { name: "Disable Key" }).click();
  await expect(notice(page, "Disabled 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(["DISABLED", "DISABLED"]);
  await select();
  await bulkActions(page).getByRole("button", { name: "Delete" }).click();
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(notice(page, "Deleted 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  await expect(rows(page)).toHaveCount(1);
}

async function remove(page: Page): Promise<void> {
  await chooseAction(page, "Web shop", "Delete Key");
  await deleteDialog(page).getByRole("textbox", { name: "Reason" }).fill("Closed");
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(deleteDialog(page).getByRole("textbox", { name: "Type Web shop to confirm" })).toHaveAccessibleDescription(/name/);
  await expect(deleteDialog(page).getByRole("textbox", { name: "Reason" })).toHaveValue("Closed");
  await deleteDialog(page).getByRole("textbox", { name: "Type Web shop to confirm" }).fill("Web shop");
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(notice(page, "Deleted Web shop.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
}

for (const [how, javaScriptEnabled] of [["where no wasm arrives", true], ["with JavaScript off", false]] as const) {
  test.describe(how, () => {
    test.use({ javaScriptEnabled });

    test("a key is added, tested, edited, disabled, enabled, rotated and deleted", async ({ page, keyhatch, pageChecks }) => {
      test.setTimeout(150_000);
      pageChecks.allow(/status of 422/, ...scriptsBlocked);
      if (javaScriptEnabled) await blockWasm(page, pageChecks);
      let key = "";
      await test.step("set up, sign out, sign in", () => enter(page, keyhatch));
      await test.step("add, with errors first", async () => void (key = await addWithErrors(page, keyhatch)));
      await test.step("test and edit", () => testAndEdit(page));
      await test.step("disable and enable", () => disableAndEnable(page, keyhatch, key));
      await test.step("rotate", () => rotate(page, keyhatch, key));
      await test.step("several at once, after a review", () => bulk(page, keyhatch));
      await test.step("delete", () => remove(page));
    });

    test("a reload and Back show a new key no more", async ({ page, keyhatch, pageChecks, context }) => {
      pageChecks.allow(/ERR_CACHE_MISS/, ...scriptsBlocked);
      if (javaScriptEnabled) await blockWasm(page, pageChecks);
      const { owner } = await keyhatch.createAccount();
      await context.addCookies([{ ...owner.session, url: keyhatch.url }]);
      await page.goto(`${keyhatch.url}${keysPath}?add`);
      const editor = new KeyEditor(page, "Add API key");
      await editor.name.fill("Shop");
      await editor.save.click();
      const key = await new RevealDialog(page).key.inputValue();
      await page.reload();
      await expect(notice(page, "Shop was created already, and its key was shown then.")).toBeVisible();
      expect(await page.content()).not.toContain(key);
      await page.goBack();
      expect(await page.content()).not.toContain(key);
      await page.goto(keyhatch.url + keysPath);
      await expect(rows(page)).toHaveCount(1);
    });
  });
}

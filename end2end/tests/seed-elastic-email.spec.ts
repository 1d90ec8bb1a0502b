// Elastic Email's "Manage API Keys", step by step, with examples/elastic-email.toml: at most 15 keys, custom permissions,
// an address range, the key shown once and its last five characters afterwards, edit, rotate and delete.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expectAccessible, waitForHydration } from "../support/page-checks";
import { RevealDialog, KeyEditor, Words, addKey, chooseAction, confirmDeletion, fillSignIn, keysHeading, keysPath, openAdd, openRotateDialog, openEdit, rows, visit, words } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, testWithOwnServer as test } from "../support/test";

/** The words of its page. */
const own: Words = {
  ...words,
  heading: "Manage API Keys",
  addKey: "Create Additional API Key",
  addTitle: "Create Additional API Key",
  create: "Create",
  editKey: "Edit",
  rotateKey: "Change API Key",
  rotateTitle: "Change API Key",
  rotate: "Change API Key",
};

test.use({ config: readFileSync(resolve(__dirname, "../../examples/elastic-email.toml"), "utf8") });

test("fifteen keys with custom permissions are created, edited, rotated and deleted", async ({ page, keyhatch, pageChecks }) => {
  // The sixteenth key is refused.
  pageChecks.allow(/409/);
  const { id, owner } = await keyhatch.createAccount();
  let key = "";

  await test.step("new accounts don't contain any pre-generated API keys", async () => {
    await page.goto(`${keyhatch.url}/sign-in`);
    await fillSignIn(page, owner);
    await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
    await visit(page, keyhatch.url + keysPath);
    await expect(page.getByText("Elastic Email", { exact: true })).toBeVisible();
    await expect(page.getByText("No keys yet")).toBeVisible();
  });

  const editor = await openAdd(page, own);
  await test.step("configure custom permissions", async () => {
    await editor.name.fill("Newsletter");
    for (const permission of ["Sending: Send", "Contacts: View", "Contacts: Modify", "Templates: View"]) {
      await editor.privilege(permission).check();
    }
    await expect(editor.privilege("Reports: View")).not.toBeChecked();
    // With one environment there is no choice.
    await expect(editor.dialog.getByRole("radio")).toHaveCount(0);
  });

  await test.step("define optional access restrictions: a specific IP address or range", async () => {
    await editor.whitelist.fill("203.0.113.7\n198.51.100.10-198.51.100.20");
    await expect(editor.dialog).toContainText("2 valid");
    await expectAccessible(page);
    await editor.save.click();
  });

  const reveal = new RevealDialog(page);
  await test.step("a popup displays the new key, once", async () => {
    key = await reveal.key.inputValue();
    expect(key).toMatch(/^ee_live_/);
    await closeReveal(page);
    await page.reload();
    await waitForHydration(page);
    await expect(reveal.dialog).toBeHidden();
    expect(await page.content()).not.toContain(key.slice(0, -5));
  });

  await test.step("afterwards only the last five characters", async () => {
    await expect(rows(page)).toContainText(`ee_live_…${key.slice(-5)}`);
    expect(await page.content()).not.toContain(key.slice(-6));
  });

  await test.step("the permissions and the range hold", async () => {
    expect(await keyhatch.verify(key, "198.51.100.15", { privilege: "sending:send" })).toBe("VALID");
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "contacts:modify" })).toBe("VALID");
    expect(await keyhatch.verify(key, "198.51.100.21", { privilege: "sending:send" })).toBe("IP_NOT_ALLOWED");
    expect(await keyhatch.verify(key, "198.51.100.15", { privilege: "reports:view" })).toBe("PRIVILEGE_MISSING");
  });

  await test.step("each account can store up to 15 unique API Keys", async () => {
    for (let n = 2; n <= 15; n++) await keyhatch.createKey(id, `Program ${n}`, { privileges: ["reports:view"] });
    await visit(page, keyhatch.url + keysPath);
    await expect(page.getByText("15 of 15 keys")).toBeVisible();
    await openAdd(page, own);
    await editor.name.fill("One too many");
    await editor.save.click();
    await expect(editor.dialog.getByRole("alert")).toContainText("This account has reached its limit of 15 keys. Delete an unused key, then save.");
    await expect(editor.name).toHaveValue("One too many");
    await expectAccessible(page);
    // Unlike Cancel, Escape keeps what is typed.
    await page.keyboard.press("Escape");
    await expect(editor.dialog).toBeHidden();
    await expect(keyhatch.createKeyByCommand(id, "Nor here")).rejects.toThrow(/15 keys/);
  });

  await test.step("Edit: change the details like permissions or name", async () => {
    const edit = await openEdit(page, "Newsletter", own);
    await edit.name.fill("Newsletter and reports");
    await edit.privilege("Reports: View").check();
    await edit.privilege("Contacts: Modify").uncheck();
    await edit.save.click();
    await expect(edit.dialog).toBeHidden();
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "reports:view" })).toBe("VALID");
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "contacts:modify" })).toBe("PRIVILEGE_MISSING");
  });

  await test.step("rotate: only the secret changes, and the old one is refused", async () => {
    const rotate = await openRotateDialog(page, "Newsletter and reports", own);
    await rotate.overlap(/Not at all/).check();
    await expectAccessible(page);
    await rotate.confirm.click();
    const changed = new RevealDialog(page, "API key rotated");
    const old = key;
    key = await changed.key.inputValue();
    expect(key).toMatch(/^ee_live_/);
    expect(key).not.toBe(old);
    await closeReveal(page, changed);
    expect(await keyhatch.verify(old, "203.0.113.7", { privilege: "reports:view" })).toBe("NOT_FOUND");
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "reports:view" })).toBe("VALID");
    expect(await keyhatch.verify(key, "198.51.100.21", { privilege: "reports:view" })).toBe("IP_NOT_ALLOWED");
    await expect(rows(page).filter({ hasText: "Newsletter and reports" })).toContainText(`ee_live_…${key.slice(-5)}`);
  });

  await test.step("Delete an API key that you no longer need", async () => {
    await chooseAction(page, "Newsletter and reports", "Delete");
    // It is in use, so its name is asked for.
    await confirmDeletion(page, "Newsletter and reports", own);
    await expect(rows(page)).toHaveCount(14);
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("NOT_FOUND");
    // Below the limit again.
    await addKey(page, own.addKey).click();
    await expect(new KeyEditor(page, own.addTitle, own).name).toHaveValue("One too many");
    await editor.save.click();
    await closeReveal(page);
    await expect(page.getByText("15 of 15 keys")).toBeVisible();
    await expect(keysHeading(page, own.heading)).toBeVisible();
  });
});

test("the key appears nowhere but in the reveal dialog", async ({ page, keyhatch }) => {
  const { id, owner } = await keyhatch.createAccount();
  const made = await keyhatch.createKey(id, "By hand");
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  for (const path of [keysPath, `${keysPath}?edit=${made.id}`, `${keysPath}?test=${made.id}`, "/settings/activity"]) {
    await page.goto(keyhatch.url + path);
    expect(await page.content()).not.toContain(made.key.slice(-6));
  }
});

// Errors while a form is filled in: each message is shown at its field, and no input is lost.
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, KeyEditor, actionsFor, chooseAction, deleteDialog, fillSignIn, keysPath, openAdd, openEdit, rows, searchFor, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test, testWithOwnServer } from "../support/test";

async function fill(editor: KeyEditor, name: string, whitelist: string): Promise<void> {
  await editor.name.fill(name);
  await editor.whitelist.fill(whitelist);
  await editor.privilege("Contacts: Read").check();
}

async function expectKept(editor: KeyEditor, name: string, whitelist: string): Promise<void> {
  await expect(editor.name).toHaveValue(name);
  await expect(editor.whitelist).toHaveValue(whitelist);
  await expect(editor.privilege("Contacts: Read")).toBeChecked();
  await expect(editor.privilege("Contacts: Write")).not.toBeChecked();
}

test("a name that is too long, a missing name and a 51st address get messages", async ({ page, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 4\d\d/);
  const editor = await openAdd(page);

  await fill(editor, "x".repeat(33), "203.0.113.7");
  await editor.save.click();
  await expect(editor.name).toHaveAccessibleDescription(/32/);
  await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  await expectKept(editor, "x".repeat(33), "203.0.113.7");
  await expectAccessible(page);

  await fill(editor, "   ", "203.0.113.7");
  await editor.save.click();
  await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  await expectKept(editor, "   ", "203.0.113.7");

  const tooMany = Array.from({ length: 51 }, (_, n) => `203.0.113.${n + 1}`).join("\n");
  await fill(editor, "Warehouse sync", tooMany);
  await expect(editor.dialog).toContainText("51 of 50");
  await editor.save.click();
  await expect(editor.whitelist).toHaveAttribute("aria-invalid", "true");
  await expectKept(editor, "Warehouse sync", tooMany);
  await expectAccessible(page);

  await editor.whitelist.fill(tooMany.split("\n").slice(0, 50).join("\n"));
  await editor.save.click();
  await expect(new RevealDialog(page).dialog).toBeVisible();
});

test("an expired session asks to sign in again and then saves the form", async ({ page, context, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 401/);
  const editor = await openAdd(page);
  await fill(editor, "Warehouse sync", "203.0.113.7\n10.4.0.0/22");
  await context.clearCookies();
  await editor.save.click();

  const again = page.getByRole("dialog", { name: "Sign in again" });
  await expect(again).toBeVisible();
  await expectAccessible(page);
  await again.getByRole("button", { name: "Cancel" }).click();
  await expect(again).toBeHidden();
  await expectKept(editor, "Warehouse sync", "203.0.113.7\n10.4.0.0/22");

  await editor.save.click();
  await fillSignIn(page, { ...signedIn.owner, password: "not the password at all" });
  await expect(again.getByRole("alert")).toContainText("wrong");
  await fillSignIn(page, signedIn.owner);
  // After signing in, the pending save is sent.
  await expect(new RevealDialog(page).dialog).toBeVisible();
  await closeReveal(page);
  await expect(rows(page)).toHaveCount(1);
  const edit = await openEdit(page, "Warehouse sync");
  await expectKept(edit, "Warehouse sync", "203.0.113.7\n10.4.0.0/22");
});

test("an edit and a deletion continue after signing in again", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 401/);
  await keyhatch.createKey(signedIn.id, "Warehouse sync", { privileges: ["contacts:read"] });
  await visit(page, keyhatch.url + keysPath);
  const again = page.getByRole("dialog", { name: "Sign in again" });

  const edit = await openEdit(page, "Warehouse sync");
  await fill(edit, "Warehouse 2", "203.0.113.7");
  await context.clearCookies();
  await edit.save.click();
  await expect(again).toBeVisible();
  await fillSignIn(page, signedIn.owner);
  await expect(edit.dialog).toBeHidden();
  await expect(rows(page)).toContainText("Warehouse 2");
  await expect(actionsFor(page, "Warehouse 2")).toBeFocused();

  await chooseAction(page, "Warehouse 2", "Delete Key");
  await context.clearCookies();
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(again).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await fillSignIn(page, signedIn.owner);
  await expect(rows(page)).toHaveCount(0);
});

test("an expired session redirects a search and a page to sign-in, and back", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 401/);
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  await context.clearCookies();
  await searchFor(page, "ware");
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, signedIn.owner);
  await expect(page).toHaveURL(/\?q=ware$/);
  await expect(rows(page)).toHaveCount(1);
  await context.clearCookies();
  await page.goto(`${keyhatch.url}${keysPath}?add`);
  await expect(page).toHaveURL(/\/sign-in/);
  await fillSignIn(page, signedIn.owner);
  // The page that was requested before sign-in.
  await expect(page.getByRole("dialog", { name: "Add API key" })).toBeVisible();
});

testWithOwnServer("an unreachable server gives a clear message and the form is saved when it is back", async ({ page, keyhatch, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/ERR_CONNECTION_REFUSED/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/);
  const editor = await openAdd(page);
  await fill(editor, "Warehouse sync", "203.0.113.7");
  await keyhatch.stop();
  await editor.save.click();
  await expect(editor.dialog.getByRole("alert")).toContainText("The server cannot be reached. Nothing you typed is lost");
  await expectKept(editor, "Warehouse sync", "203.0.113.7");
  await expectAccessible(page);

  await keyhatch.start();
  await editor.save.click();
  await expect(new RevealDialog(page).dialog).toBeVisible();
});

test("a wrong password and an unknown email get the same answer", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 4\d\d/);
  const { owner } = await keyhatch.createAccount();
  const said: (string | null)[] = [];
  for (const person of [{ ...owner, password: "not the password at all" }, { ...owner, email: "nobody@acme.example" }]) {
    await page.goto(`${keyhatch.url}/sign-in`);
    await fillSignIn(page, person);
    const alert = page.getByRole("alert");
    await expect(alert).toBeVisible();
    said.push(await alert.textContent());
    expect(page.url()).not.toMatch(/password|error=.*[%+ ]/i);
  }
  expect(said[0]).toBe(said[1]);
});

test("deleting a key that was deleted in another tab shows an error", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 404/);
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await visit(tab, keyhatch.url + keysPath);
    await chooseAction(tab, "Warehouse sync", "Delete Key");
  }
  const deleteIn = (tab: typeof page) => deleteDialog(tab).getByRole("button", { name: "Delete Key" }).click();
  await deleteIn(second);
  await expect(rows(second)).toHaveCount(0);
  await deleteIn(page);
  await expect(deleteDialog(page).getByRole("alert")).toContainText("no longer exists");
});

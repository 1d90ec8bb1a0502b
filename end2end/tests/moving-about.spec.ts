// Browser history, arrow keys in menus, and focus management.
import { waitForHydration } from "../support/page-checks";
import { KeyEditor, actionsFor, addKey, chooseAction, deleteDialog, keysPath, openAdd, openEdit, rows, visit } from "../support/screen";
import { addKeyOnPage } from "../support/steps";
import { expect, test } from "../support/test";

test("Back closes a dialog, and Forward reopens it with its input", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);

  const add = await openAdd(page);
  await expect(page).toHaveURL(/\?add$/);
  await add.name.fill("Half written");
  await page.goBack();
  await expect(add.dialog).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);
  await expect(addKey(page)).toBeFocused();
  await page.goForward();
  await expect(add.name).toHaveValue("Half written");
  await waitForHydration(page);
  await page.keyboard.press("Escape");
  await expect(add.dialog).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);

  const edit = await openEdit(page, "Warehouse sync");
  await expect(page).toHaveURL(/\?edit=/);
  await page.goBack();
  await expect(edit.dialog).toBeHidden();
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();

  await chooseAction(page, "Warehouse sync", "Delete Key");
  await expect(page).toHaveURL(/\?delete=/);
  await waitForHydration(page);
  await page.goBack();
  await expect(deleteDialog(page)).toBeHidden();
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
  await expect(rows(page)).toHaveCount(1);
});

test("a link opens a slider, and closing it stays on the page", async ({ page, keyhatch, signedIn }) => {
  const { id } = await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, `${keyhatch.url}${keysPath}?edit=${id}`);
  const edit = new KeyEditor(page, "Edit API key");
  await expect(edit.name).toHaveValue("Warehouse sync");
  await edit.cancel.click();
  await expect(edit.dialog).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);
});

test("menus are operated by arrow keys", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  const button = actionsFor(page, "Warehouse sync");
  const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
  const profile = page.getByRole("button", { name: signedIn.owner.email });

  await button.focus();
  await page.keyboard.press("ArrowDown");
  for (const name of ["Edit Key", "Rotate Key", "Disable Key", "Test this key", "Delete Key"]) {
    await expect(item(name)).toBeFocused();
    await page.keyboard.press("ArrowDown");
  }
  await expect(item("Edit Key")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(item("Delete Key")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(item("Edit Key")).toBeFocused();
  await page.keyboard.press("End");
  await expect(item("Delete Key")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(item("Delete Key")).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(item("Edit Key")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(item("Edit Key")).toBeHidden();

  await button.focus();
  await page.keyboard.press("Space");
  await expect(item("Edit Key")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(new KeyEditor(page, "Edit API key").name).toBeFocused();
  await waitForHydration(page);
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();

  await profile.focus();
  await page.keyboard.press("ArrowDown");
  await expect(item("Settings")).toBeFocused();
  await page.keyboard.press("End");
  await expect(item("Sign out")).toBeFocused();
  await page.mouse.click(640, 700);
  await expect(item("Sign out")).toBeHidden();
});

test("closing a dialog returns the focus", async ({ page, signedIn: _ }) => {
  await addKeyOnPage(page, "Warehouse sync", "203.0.113.7");
  // A new key's row.
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();

  const edit = await openEdit(page, "Warehouse sync");
  await expect(edit.name).toBeFocused();
  await edit.name.fill("Warehouse 2");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  await expect(actionsFor(page, "Warehouse 2")).toBeFocused();

  await chooseAction(page, "Warehouse 2", "Delete Key");
  await expect(deleteDialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(deleteDialog(page)).toBeHidden();
  await expect(actionsFor(page, "Warehouse 2")).toBeFocused();

  await chooseAction(page, "Warehouse 2", "Delete Key");
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect(addKey(page)).toBeFocused();
});

test("Add my address inserts the visitor's own address once", async ({ page, signedIn: _ }) => {
  const editor = await openAdd(page);
  const mine = editor.dialog.getByRole("button", { name: "Add my address" });
  await editor.whitelist.fill("203.0.113.7");
  await mine.click();
  await mine.click();
  await expect(editor.whitelist).toHaveValue(/^203\.0\.113\.7\n127\.0\.0\.1\n?$/);
  await expect(editor.dialog).toContainText("2 of 50");
});

test("All privileges differs from each privilege, and no privileges is explained", async ({ page, signedIn: _ }) => {
  const editor = await openAdd(page);
  const all = editor.privilege("All privileges");
  await expect(editor.dialog.getByText("With no privileges, the key only identifies the caller.")).toBeVisible();
  await all.check();
  await expect(editor.dialog.getByText("Includes modules that are added later.")).toBeVisible();
  await expect(editor.privilege("Contacts: Read")).toBeDisabled();
  await all.uncheck();
  await expect(editor.privilege("Contacts: Read")).toBeEnabled();
  await expect(editor.privilege("Contacts: Read")).not.toBeChecked();
  await all.check();
  await editor.name.fill("Everything");
  await editor.save.click();
  await page.getByRole("checkbox", { name: "I have saved this key" }).check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(rows(page)).toContainText("All privileges");
  const edit = await openEdit(page, "Everything");
  await expect(edit.privilege("All privileges")).toBeChecked();
  await edit.privilege("All privileges").uncheck();
  await edit.save.click();
  await expect(rows(page)).toContainText("No privileges");
});

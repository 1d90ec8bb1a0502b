// What is known about a key's use is said before an act that would stop it.
import { expectAccessible } from "../support/page-checks";
import { KeyEditor, RotateDialog, bulkActions, chooseAction, confirmDeletion, deleteDialog, keysPath, notice, openRotateDialog, rows, selectKey, visit } from "../support/screen";
import { waitForHydration } from "../support/page-checks";
import { expect, test } from "../support/test";

const caller = "203.0.113.9";

test("deleting a key in use asks for its name and offers disabling", async ({ page, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 422/);
  const { key } = await keyhatch.createKey(signedIn.id, "Shop");
  await keyhatch.createKey(signedIn.id, "Idle");
  await keyhatch.verify(key, caller);
  await visit(page, keyhatch.url + keysPath);

  await chooseAction(page, "Idle", "Delete Key");
  await expect(deleteDialog(page)).toContainText("It has never been used.");
  await expect(deleteDialog(page).getByRole("textbox", { name: /to confirm/ })).toHaveCount(0);
  await confirmDeletion(page);

  await chooseAction(page, "Shop", "Delete Key");
  await expect(deleteDialog(page)).toContainText(`Used just now from ${caller}.`);
  await expect(deleteDialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  const typed = deleteDialog(page).getByRole("textbox", { name: "Type Shop to confirm" });
  await waitForHydration(page);
  for (const wrong of ["", "shop?"]) {
    await typed.fill(wrong);
    await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
    await expect(typed).toHaveAttribute("aria-invalid", "true");
    await expect(typed).toBeFocused();
  }
  await expectAccessible(page);
  expect(await keyhatch.verify(key, caller)).toBe("VALID");

  await deleteDialog(page).getByRole("link", { name: "Disable it instead" }).click();
  const disable = page.getByRole("dialog", { name: "Disable API key" });
  await expect(disable).toContainText(`Used just now from ${caller}.`);
  await disable.getByRole("button", { name: "Disable Key" }).click();
  await expect(notice(page, "Disabled Shop.")).toBeVisible();
  expect(await keyhatch.verify(key, caller)).toBe("DISABLED");
  await chooseAction(page, "Shop", "Delete Key");
  await confirmDeletion(page, "Shop");
  expect(await keyhatch.verify(key, caller)).toBe("NOT_FOUND");
});

test("disabling asks for a key in use, and only for that", async ({ page, keyhatch, signedIn }) => {
  const { key } = await keyhatch.createKey(signedIn.id, "Shop");
  await keyhatch.createKey(signedIn.id, "Idle");
  await keyhatch.verify(key, caller);
  await visit(page, keyhatch.url + keysPath);
  await chooseAction(page, "Idle", "Disable Key");
  await expect(notice(page, "Disabled Idle.")).toBeVisible();
  await chooseAction(page, "Shop", "Disable Key");
  const dialog = page.getByRole("dialog", { name: "Disable API key" });
  await expect(dialog).toContainText(`Used just now from ${caller}.`);
  await expect(dialog).toContainText("Requests with this key will fail immediately");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect(await keyhatch.verify(key, caller)).toBe("VALID");
});

test("bulk acts say how many keys are in use", async ({ page, keyhatch, signedIn }) => {
  const keys = [];
  for (const name of ["Till 1", "Till 2", "Till 3"]) keys.push(await keyhatch.createKey(signedIn.id, name));
  for (const { key } of keys.slice(0, 2)) await keyhatch.verify(key, caller);
  await visit(page, keyhatch.url + keysPath);
  for (const [act, button, title] of [["Disable", "Disable Key", "Disable API key"], ["Delete", "Delete Key", "Delete API key"]] as const) {
    for (const name of ["Till 1", "Till 2", "Till 3"]) await selectKey(page, name).check();
    await bulkActions(page).getByRole("button", { name: act }).click();
    const dialog = page.getByRole("dialog", { name: title });
    await expect(dialog).toContainText("2 of 3 were used in the last 24 hours.");
    await expect(dialog.getByRole("button", { name: button })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
  }
  await expect(rows(page)).toHaveCount(3);
});

test("rotating and narrowing a key in use say who would be cut off", async ({ page, keyhatch, signedIn }) => {
  const { key, id } = await keyhatch.createKey(signedIn.id, "Shop");
  await keyhatch.verify(key, caller);
  await visit(page, keyhatch.url + keysPath);
  await openRotateDialog(page, "Shop");
  await expect(new RotateDialog(page).dialog).toContainText(`Used just now from ${caller}.`);
  await visit(page, `${keyhatch.url}${keysPath}?edit=${id}`);
  const edit = new KeyEditor(page, "Edit API key");
  await edit.whitelist.fill("198.51.100.7");
  await expect(edit.dialog).toContainText(`${caller} used this key just now and would be blocked.`);
});

// Keys of the list: "/" searches, "c" adds, "?" shows them; shift-click selects a range.
import { waitForHydration } from "../support/page-checks";
import { KeyEditor, bulkActions, keysPath, openAdd, rows, searchBox, selectKey, visit } from "../support/screen";
import { expect, test } from "../support/test";

test("single keys search, add and explain themselves, and can be switched off", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });

  await page.keyboard.press("/");
  await expect(searchBox(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue("");
  // In a field they are characters.
  await page.keyboard.type("c?/");
  await expect(searchBox(page)).toHaveValue("c?/");
  await expect(help).toBeHidden();
  await searchBox(page).blur();

  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  await page.keyboard.press("c");
  const editor = new KeyEditor(page, "Add API key");
  await expect(editor.name).toBeFocused();
  await waitForHydration(page);
  await editor.save.focus();
  await page.keyboard.press("/");
  await page.keyboard.press("c");
  await expect(editor.save).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor.dialog).toBeHidden();

  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await waitForHydration(page);
  await help.getByRole("checkbox", { name: "Use these shortcuts in this browser" }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await waitForHydration(page);
  await page.keyboard.press("c");
  await page.keyboard.press("?");
  await expect(help).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);
  // Menus and links work as before.
  await openAdd(page);
});

test("shift and a click select a range, and the box in the head selects all", async ({ page, keyhatch, signedIn }) => {
  for (let n = 1; n <= 6; n++) await keyhatch.createKey(signedIn.id, `Program ${n}`);
  await visit(page, keyhatch.url + keysPath);
  const all = page.getByRole("checkbox", { name: "Select all on this page" });
  const selected = () => rows(page).getByRole("checkbox", { checked: true });

  await selectKey(page, "Program 5").click();
  await selectKey(page, "Program 2").click({ modifiers: ["Shift"] });
  await expect(selected()).toHaveCount(4);
  await expect(bulkActions(page)).toContainText("4 selected");
  expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await selectKey(page, "Program 4").click({ modifiers: ["Shift"] });
  await expect(selected()).toHaveCount(1);
  await all.check();
  await expect(bulkActions(page)).toContainText("6 selected");
  await all.uncheck();
  await expect(bulkActions(page)).toBeHidden();

  await selectKey(page, "Program 1").check();
  await bulkActions(page).getByRole("button", { name: "Clear the selection" }).click();
  await expect(selected()).toHaveCount(0);
  await expect(bulkActions(page)).toBeHidden();
});

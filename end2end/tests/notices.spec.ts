// Every act on keys says what it did in a visible message with the role status, which names the key and undoes the act
// where it can be undone. The changed row is marked.
import { Page } from "@playwright/test";
import { expectAccessible } from "../support/page-checks";
import { RotateDialog, RevealDialog, actionsFor, bulkActions, chooseAction, confirmDeletion, keysPath, notice, openEdit, openRotateDialog, rows, selectKey, visit } from "../support/screen";
import { addKeyOnPage, closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });

/** The row, and no other, is outlined, which is no matter of colour, and has the focus. */
async function expectMarked(page: Page, name: string): Promise<void> {
  const outline = (text: string) => rows(page).filter({ hasText: text }).evaluate((row) => getComputedStyle(row).outlineStyle);
  expect(await outline(name)).toBe("solid");
  expect(await outline("Bystander")).toBe("none");
  await expect(actionsFor(page, name)).toBeFocused();
}

test("each act is said, and undone where it can be", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Bystander");
  await visit(page, keyhatch.url + keysPath);
  const key = await addKeyOnPage(page, "Shop");
  const expectSaid = async (text: string) => {
    const said = notice(page, text);
    await expect(said).toBeVisible();
    const box = await said.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(20);
  };

  await expectSaid("Created Shop.");
  await expect(undo(page)).toHaveCount(0);
  await expectMarked(page, "Shop");

  await test.step("an edit", async () => {
    const edit = await openEdit(page, "Shop");
    await edit.name.fill("Web shop");
    await edit.whitelist.fill("203.0.113.7");
    await edit.save.click();
    await expectSaid("Updated Web shop.");
    await expectMarked(page, "Web shop");
    await expectAccessible(page);
    await undo(page).click();
    await expectSaid("Undid the update of Shop.");
    await expect(rows(page).filter({ hasText: "Shop" })).toContainText("Any address");
  });

  await test.step("disable and enable", async () => {
    await chooseAction(page, "Shop", "Disable Key");
    await expectSaid("Disabled Shop.");
    await expectMarked(page, "Shop");
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("DISABLED");
    await undo(page).click();
    await expectSaid("Enabled Shop.");
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("VALID");
    await undo(page).click();
    await expectSaid("Disabled Shop.");
    await chooseAction(page, "Shop", "Enable Key");
    await expectSaid("Enabled Shop.");
  });

  await test.step("rotate", async () => {
    await openRotateDialog(page, "Shop");
    await new RotateDialog(page).confirm.click();
    await closeReveal(page, new RevealDialog(page, "API key rotated"));
    await expectSaid("Rotated Shop.");
    await expect(undo(page)).toHaveCount(0);
    await chooseAction(page, "Shop", "End old key now");
    await page.getByRole("dialog").getByRole("button", { name: "End old key now" }).click();
    await expectSaid("Ended the old key of Shop.");
  });

  await test.step("delete", async () => {
    await chooseAction(page, "Shop", "Delete Key");
    await confirmDeletion(page, "Shop");
    await expectSaid("Deleted Shop.");
    await expect(undo(page)).toHaveCount(0);
  });

  await test.step("once", async () => {
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await expect(notice(page, "Deleted Shop.")).toHaveCount(0);
  });
});

test("a message about several keys counts them, is undone for all, and is closed", async ({ page, keyhatch, signedIn }) => {
  const keys: string[] = [];
  for (const name of ["Till 1", "Till 2", "Till 3"]) keys.push((await keyhatch.createKey(signedIn.id, name)).key);
  const codes = () => Promise.all(keys.map((key) => keyhatch.verify(key, "203.0.113.7")));
  await visit(page, keyhatch.url + keysPath);
  for (const name of ["Till 1", "Till 3"]) await selectKey(page, name).check();
  await bulkActions(page).getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable Key" }).click();
  await expect(notice(page, "Disabled 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(["DISABLED", "VALID", "DISABLED"]);
  await undo(page).click();
  await expect(notice(page, "Enabled 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(["VALID", "VALID", "VALID"]);
  await page.getByRole("button", { name: "Close this message" }).click();
  await expect(notice(page, "Enabled 2 keys.")).toBeHidden();
});

test("an edit that was overtaken is not undone", async ({ page, context, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Shop");
  await edit.name.fill("Web shop");
  await edit.save.click();
  await expect(notice(page, "Updated Web shop.")).toBeVisible();
  const other = await context.newPage();
  await visit(other, keyhatch.url + keysPath);
  const again = await openEdit(other, "Web shop");
  await again.name.fill("Store");
  await again.save.click();
  await expect(notice(other, "Updated Store.")).toBeVisible();
  await undo(page).click();
  await expect(notice(page, "Store was changed again meanwhile, so the update was not undone.")).toBeVisible();
  await expect(rows(page)).toContainText("Store");
});

// Limits and expiry in the editor: set, shown, updated, and refused with a message at their field.
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, KeyEditor, keysPath, openAdd, openEdit, openKeyPage, openExplainPanel, rows, visit } from "../support/screen";
import { runSql } from "../support/sqlite";
import { closeReveal } from "../support/steps";
import { expect, test, testWithOwnServer } from "../support/test";

/** A moment as a box for date and time takes it, in UTC. */
const typed = (daysFromNow: number): string => new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 16);

test("limits are set, shown and updated", async ({ page, keyhatch, signedIn: _ }) => {
  const end = typed(400);
  const add = await openAdd(page);
  await add.name.fill("Warehouse sync");
  await expect(add.limit("Calls per minute")).toBeHidden();
  await add.limitsHead.click();
  await add.limit("Calls per second").fill("10");
  await add.limit("Calls per hour").fill("1,000");
  await add.limit("Number of uses").fill("50 000");
  await add.limit("Resets").selectOption("Every month");
  await expect(add.limit("Expires at (UTC)")).toBeHidden();
  await add.limit("Expires").selectOption("On a date…");
  await add.limit("Expires at (UTC)").fill(end);
  await expectAccessible(page);
  await add.save.click();
  await closeReveal(page);
  // Limits stand on the key's page.
  await expect(await openKeyPage(page, "Warehouse sync")).toContainText(/10 a second.*1,000 an hour.*50,000 uses every month/);

  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Warehouse sync");
  await expect(edit.limit("Calls per second")).toHaveValue("10");
  await expect(edit.limit("Calls per minute")).toHaveValue("");
  await expect(edit.limit("Calls per hour")).toHaveValue("1000");
  await expect(edit.limit("Number of uses")).toHaveValue("50000");
  await expect(edit.limit("Resets")).toHaveValue("month");
  await expect(edit.limit("Expires at (UTC)")).toHaveValue(end);
  await edit.limit("Calls per second").fill("");
  await edit.limit("Calls per hour").fill("");
  await edit.limit("Number of uses").fill("5");
  await edit.limit("Resets").selectOption("Never");
  await edit.limit("Expires").selectOption("30 days");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  const shown = await openKeyPage(page, "Warehouse sync");
  await expect(shown).toContainText("5 uses");
  await expect(shown.getByRole("definition").filter({ hasText: "a second" })).toHaveCount(0);

  await visit(page, keyhatch.url + keysPath);
  const again = await openEdit(page, "Warehouse sync");
  await expect(again.limit("Expires at (UTC)")).toHaveValue(new RegExp(`^${typed(30).slice(0, 10)}T`));
  await again.limit("Expires").selectOption("Never");
  await again.limit("Number of uses").fill("");
  await again.save.click();
  await expect(again.dialog).toBeHidden();
  await visit(page, keyhatch.url + keysPath);
  const last = await openEdit(page, "Warehouse sync");
  await expect(last.limit("Expires")).toBeHidden();
  await last.limitsHead.click();
  await expect(last.limit("Expires")).toHaveValue("");
});

test("an invalid limit gets a message and keeps its input", async ({ page, signedIn: _ }) => {
  const add = await openAdd(page);
  await add.name.fill("Warehouse sync");
  await add.limitsHead.click();

  await test.step("when the field loses focus", async () => {
    await add.limit("Calls per minute").fill("0");
    await add.limit("Calls per hour").focus();
    await expect(add.limit("Calls per minute")).toHaveAttribute("aria-invalid", "true");
    await expect(add.limit("Calls per minute")).toHaveAccessibleDescription(/0 would let nothing in\. Write 1 or more/);
    await add.limit("Calls per hour").fill("1.5");
    await add.limit("Resets").focus();
    await add.limit("Resets").selectOption("Every day");
    await expect(add.limit("Calls per hour")).toHaveAccessibleDescription(/Write a whole number, such as 1000/);
    await expect(add.limit("Number of uses")).toHaveAccessibleDescription(/Write how many uses are refilled/);
  });

  await test.step("all messages on save, although the section is collapsed", async () => {
    await add.limit("Expires").selectOption("On a date…");
    await add.limit("Expires at (UTC)").fill("2020-01-31T10:00");
    await add.limitsHead.click();
    await expect(add.limit("Calls per minute")).toBeHidden();
    await add.save.click();
    await expect(add.limit("Expires at (UTC)")).toBeFocused();
    await expect(add.limit("Expires at (UTC)")).toHaveAccessibleDescription(/This moment has passed/);
    await expect(add.limit("Expires at (UTC)")).toHaveValue("2020-01-31T10:00");
    await expect(add.limit("Calls per minute")).toHaveValue("0");
    await expect(add.limit("Calls per hour")).toHaveValue("1.5");
    await expect(add.limit("Resets")).toHaveValue("day");
    await expectAccessible(page);
  });

  await test.step("a missing date does not mean never", async () => {
    await add.limit("Expires at (UTC)").fill("");
    await add.save.click();
    await expect(add.limit("Expires at (UTC)")).toHaveAccessibleDescription(/Write a date and time \(UTC\)/);
  });

  await test.step("valid limits are saved", async () => {
    await add.limit("Expires").selectOption("Never");
    await add.limit("Calls per minute").fill("100");
    await add.limit("Calls per hour").fill("");
    await add.limit("Number of uses").fill("5");
    await add.save.click();
    await expect(new RevealDialog(page).dialog).toBeVisible();
    await closeReveal(page);
    await expect(await openKeyPage(page, "Warehouse sync")).toContainText(/100 a minute.*5 uses every day/);
  });
});

testWithOwnServer("a key shows when it expires and that it has expired", async ({ page, keyhatch, signedIn }) => {
  const ended = await keyhatch.createKey(signedIn.id, "Trade fair");
  const add = await openAdd(page);
  await add.name.fill("Kiosk Lyon");
  await add.limitsHead.click();
  await add.limit("Expires").selectOption("On a date…");
  await add.limit("Expires at (UTC)").fill(typed(5.5));
  await add.save.click();
  await closeReveal(page);
  await expect(rows(page).filter({ hasText: "Kiosk Lyon" })).toContainText("Expires in 5 days");

  await runSql(keyhatch, `UPDATE keys SET expires_at = 1767225600000 WHERE id = '${ended.id}'`);
  await visit(page, keyhatch.url + keysPath);
  const row = rows(page).filter({ hasText: "Trade fair" });
  await expect(row).toContainText(/Expired 1 Jan( 2026)?/);
  await expectAccessible(page);
  const explain = await openExplainPanel(page, "Trade fair");
  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: EXPIRED");

  // An expired key can be renamed, and reactivated by a later expiry.
  await explain.edit.click();
  const edit = new KeyEditor(page, "Edit API key");
  await expect(edit.limit("Expires at (UTC)")).toHaveValue("2026-01-01T00:00");
  await edit.name.fill("Trade fair 2026");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: EXPIRED");
  await explain.edit.click();
  await edit.limit("Expires").selectOption("Never");
  await edit.save.click();
  await explain.test.click();
  await expect(explain.answer).toContainText("Allowed");
  await page.keyboard.press("Escape");
  await expect(rows(page).filter({ hasText: "Trade fair 2026" })).not.toContainText("Expire");
});

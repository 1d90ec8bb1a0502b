// The whitelist's text area: valid entries are counted, wrong ones corrected by a button, and 500 stay quick.
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, openAdd, openEdit, rows } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test, testWithOwnServer } from "../support/test";

test("entries are counted, and each wrong one is corrected by its button", async ({ page, signedIn: _ }) => {
  const editor = await openAdd(page);
  const lines = editor.dialog.locator("#whitelist-lines").getByRole("listitem");
  await editor.name.fill("Shop");
  await editor.whitelist.fill("203.0.113.7\n10.1.2.3/24\n198.51.100.9\n10.9.0.40-10.9.0.12\n203.0.113.7\nnonsense");
  await expect(editor.dialog.getByText("2 valid", { exact: true })).toBeVisible();
  await expect(editor.dialog.getByText("3 to fix", { exact: true })).toBeVisible();
  await expect(editor.dialog.getByText("1 is listed already and counts once")).toBeVisible();
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(0)).toContainText("Line 2: ");
  await expectAccessible(page);

  await lines.nth(0).getByRole("button", { name: "Use 10.1.2.0/24 instead" }).click();
  await expect(editor.whitelist).toHaveValue("203.0.113.7\n10.1.2.0/24\n198.51.100.9\n10.9.0.40-10.9.0.12\n203.0.113.7\nnonsense");
  await expect(lines).toHaveCount(2);
  await lines.nth(0).getByRole("button", { name: /^Use 10\.9\.0\.12.*10\.9\.0\.40 instead$/ }).click();
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText("Line 6: ");
  await expect(lines.getByRole("button")).toHaveCount(0);
  await editor.save.click();
  await expect(editor.whitelist).toHaveAttribute("aria-invalid", "true");
  await expect(editor.whitelist).toBeFocused();
  await editor.whitelist.fill((await editor.whitelist.inputValue()).replace("\nnonsense", ""));
  await expect(editor.whitelist).not.toHaveAttribute("aria-invalid", "true");
  await editor.save.click();
  await expect(new RevealDialog(page).key).toBeVisible();
  await closeReveal(page);
  await expect(rows(page)).toContainText("4 ");
});

test("the text area grows with its text", async ({ page, signedIn: _ }) => {
  const editor = await openAdd(page);
  const height = () => editor.whitelist.evaluate((area) => area.clientHeight);
  const before = await height();
  await editor.whitelist.fill(Array.from({ length: 9 }, (_, n) => `203.0.113.${n}`).join("\n"));
  expect(await height()).toBeGreaterThan(before);
});

testWithOwnServer.describe("500 entries", () => {
  testWithOwnServer.use({ config: "[limits]\nwhitelist_entries = 500\n" });

  testWithOwnServer("stay quick to type and are saved", async ({ page, signedIn: _ }) => {
    const editor = await openAdd(page);
    const entries = Array.from({ length: 500 }, (_, n) => `10.${n >> 8}.${n & 255}.1`);
    await editor.name.fill("Shop");
    await editor.whitelist.fill(entries.join("\n"));
    await expect(editor.dialog).toContainText("500 of 500");
    await expect(editor.dialog.getByText("500 valid", { exact: true })).toBeVisible();
    await editor.whitelist.press("Control+End");
    const began = Date.now();
    await editor.whitelist.pressSequentially("\n192.0.2.1");
    await expect(editor.dialog).toContainText("501 of 500");
    expect((Date.now() - began) / 10, "milliseconds for one character").toBeLessThan(150);
    for (let n = 0; n < 10; n++) await page.keyboard.press("Backspace");
    await expect(editor.dialog).toContainText("500 of 500");
    await editor.save.click();
    await closeReveal(page);
    const edit = await openEdit(page, "Shop");
    await expect(edit.whitelist).toHaveValue(entries.join("\n"));
    // The text area scrolls; it does not push everything else away.
    expect(await edit.whitelist.evaluate((area) => area.clientHeight)).toBeLessThan(820);
  });
});

// Every case of cases/ip-entries.tsv, typed into the whitelist field. `domain` tests the rules; this file tests that the
// form counts each entry that is valid, and says what to write instead of each other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Locator } from "@playwright/test";
import { KeyEditor, openAdd } from "../support/screen";
import { expect, test } from "../support/test";

const cases = readFileSync(join(__dirname, "../cases/ip-entries.tsv"), "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split("\t"))
  .map(([typed, verdict, says = ""]) => ({ typed, accepted: verdict === "ok", says }));

const feedback = (editor: KeyEditor): Locator => editor.dialog.locator("#whitelist-lines").getByRole("listitem");

test("the whitelist field counts valid entries and says what is wrong with the others", async ({ page, signedIn: _ }) => {
  expect(cases.length).toBeGreaterThan(40);
  const editor = await openAdd(page);
  const lines = feedback(editor);
  for (const { typed, accepted, says } of cases) {
    await test.step(`${typed}: ${accepted ? "accepted" : "refused"}`, async () => {
      await editor.whitelist.fill(typed);
      if (accepted) {
        // Valid entries are counted; only wrong ones are listed.
        await expect(lines).toHaveCount(0);
        await expect(editor.dialog.getByText("1 valid", { exact: true })).toBeVisible();
        await expect(editor.dialog).toContainText("1 of 50");
      } else {
        await expect(lines).toHaveCount(1);
        await expect(editor.dialog.getByText("1 to fix", { exact: true })).toBeVisible();
        // A reason, not only that it is wrong.
        await expect(lines).toContainText(/Line 1: .{12,}/);
        await expect(lines).toContainText(says, { ignoreCase: true });
      }
    });
  }
});

test("all invalid lines stay in the field, each with its own message", async ({ page, signedIn: _ }) => {
  const editor = await openAdd(page);
  await editor.name.fill("Many mistakes");
  const refused = cases.filter(({ accepted }) => !accepted);
  const text = refused.map(({ typed }) => typed).join("\n");
  await editor.whitelist.fill(text);
  await editor.save.click();
  await expect(editor.dialog).toBeVisible();
  await expect(editor.whitelist).toHaveValue(text);
  await expect(editor.whitelist).toHaveAttribute("aria-invalid", "true");
  await expect(feedback(editor)).toHaveCount(refused.length);
  for (const [line, { says }] of refused.entries()) {
    await expect(feedback(editor).nth(line)).toContainText(says, { ignoreCase: true });
  }
});

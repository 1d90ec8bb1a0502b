// From a new key to its first successful call: the dialog that shows the key waits for that call.
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, keysPath, openAdd, openEdit, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

const soon = { timeout: 15_000 };

test("a new key waits for its first call, which turns it green", async ({ page, nginx, signedIn: _ }) => {
  const editor = await openAdd(page);
  await editor.name.fill("Shop");
  await editor.save.click();
  const reveal = new RevealDialog(page);
  const state = reveal.dialog.getByRole("status").filter({ hasText: "first call" });
  await expect(state).toHaveText("Waiting for the first call…");
  const key = await reveal.key.inputValue();
  await expect(reveal.dialog).toContainText(`KEYHATCH_KEY=${key}`);
  for (const language of await reveal.dialog.getByRole("radiogroup", { name: "Language" }).getByRole("radio").all()) {
    await language.check();
    await expect(reveal.dialog.locator("pre:visible")).toHaveCount(1);
  }
  expect((await nginx.call("127.0.0.2", { Authorization: `ApiKey ${key}` })).status).toBe(200);
  await expect(reveal.dialog.getByRole("status").filter({ hasText: "First call allowed, from 127.0.0.2." })).toBeVisible(soon);
  await expectAccessible(page);
  await closeReveal(page);
});

test("a refused first call is explained, its address is allowed, and then it is green", async ({ page, keyhatch, nginx, signedIn: _ }) => {
  const editor = await openAdd(page);
  await editor.name.fill("Shop");
  await editor.whitelist.fill("127.0.0.2");
  await editor.save.click();
  const reveal = new RevealDialog(page);
  const key = await reveal.key.inputValue();
  const call = () => nginx.call("127.0.0.3", { Authorization: `ApiKey ${key}` });
  await expect(reveal.dialog.getByText("Waiting for the first call…")).toBeVisible();
  expect((await call()).status).toBe(403);
  await expect(reveal.dialog.getByText("First call refused: IP_NOT_ALLOWED, from 127.0.0.3.")).toBeVisible(soon);
  await expect(reveal.dialog.getByText(/add 127\.0\.0\.3 to its IP whitelist/)).toBeVisible();
  await expectAccessible(page);
  await reveal.dialog.getByRole("button", { name: "Allow 127.0.0.3" }).click();
  await expect(reveal.dialog.getByText("Waiting for the first call…")).toBeVisible(soon);
  expect((await call()).status).toBe(200);
  await expect(reveal.dialog.getByText("First call allowed, from 127.0.0.3.")).toBeVisible(soon);
  await closeReveal(page);
  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Shop");
  await expect(edit.whitelist).toHaveValue("127.0.0.2\n127.0.0.3");
});

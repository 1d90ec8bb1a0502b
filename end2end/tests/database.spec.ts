// The database is unreachable or locked: a clear message, the form kept, no partial writes.
import { Keyhatch } from "../support/keyhatch";
import { expectAccessible } from "../support/page-checks";
import { Postgres } from "../support/postgres";
import { RevealDialog, deleteDialog, chooseAction, keysPath, openAdd, rows, signIn, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

const message = "The database cannot be reached right now. Nothing was changed";

test("forms survive a database that is unreachable, locked, and back", async ({ page, pageChecks }) => {
  test.slow();
  pageChecks.allow(/status of 503/);
  const postgres = await Postgres.start();
  const keyhatch = await Keyhatch.start(postgres.url);
  // Keyhatch waits several seconds for a locked database before it gives up.
  const patiently = { timeout: 40_000 };
  try {
    const { owner } = await keyhatch.createAccount();
    await signIn(page, keyhatch.url, owner);
    const editor = await openAdd(page);
    await editor.name.fill("Warehouse sync");
    await editor.whitelist.fill("203.0.113.7");
    const expectKept = async () => {
      await expect(editor.dialog.getByRole("alert")).toContainText(message, patiently);
      await expect(editor.name).toHaveValue("Warehouse sync");
      await expect(editor.whitelist).toHaveValue("203.0.113.7");
    };

    await test.step("unreachable", async () => {
      postgres.disconnect();
      await editor.save.click();
      await expectKept();
      const other = await page.context().newPage();
      const answer = await other.goto(keyhatch.url + keysPath);
      expect(answer?.status()).toBe(503);
      await expect(other.locator("body")).toContainText("database");
      await expectAccessible(other);
      await other.close();
      postgres.reconnect();
    });

    await test.step("locked", async () => {
      const letGo = await postgres.lockKeys();
      await editor.save.click();
      await expectKept();
      await letGo();
    });

    await test.step("back: the form is saved exactly once", async () => {
      await editor.save.click();
      await expect(new RevealDialog(page).dialog).toBeVisible(patiently);
      await closeReveal(page);
      await visit(page, keyhatch.url + keysPath);
      await expect(rows(page)).toHaveCount(1);
    });

    await test.step("unreachable while deleting: the key is kept", async () => {
      await chooseAction(page, "Warehouse sync", "Delete Key");
      postgres.disconnect();
      await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
      await expect(deleteDialog(page).getByRole("alert")).toContainText(message, patiently);
      postgres.reconnect();
      await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
      await expect(rows(page)).toHaveCount(0, patiently);
    });
  } finally {
    pageChecks.stop();
    await keyhatch.remove();
    await postgres.stop();
  }
});

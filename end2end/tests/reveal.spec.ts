// The dialog that shows a key once: it closes only after the key was saved, and copies where the browser allows it.
import { Page } from "@playwright/test";
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, actionsFor, keysPath, openAdd, rows, visit } from "../support/screen";
import { expect, test } from "../support/test";

async function reveal(page: Page): Promise<RevealDialog> {
  const editor = await openAdd(page);
  await editor.name.fill("Warehouse sync");
  await editor.save.click();
  const dialog = new RevealDialog(page);
  await expect(dialog.dialog).toBeVisible();
  return dialog;
}

const selection = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLTextAreaElement)) return "";
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });

test("Escape, the backdrop, Back and a reload do not close the reveal dialog", async ({ page, pageChecks, signedIn: _ }) => {
  const { dialog, key, done, copy } = await reveal(page);
  const shown = await key.inputValue();
  const expectStill = async () => {
    await expect(dialog).toBeVisible();
    await expect(key).toHaveValue(shown);
    await expect(done).toBeDisabled();
  };
  await expectStill();
  await expect(dialog.getByRole("button", { name: "Close" })).toBeHidden();

  for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
  await expectStill();

  await page.mouse.click(5, 5);
  await page.mouse.click(5, 5);
  await expectStill();

  pageChecks.acceptsLeaving = false;
  const ways = { back: () => void setTimeout(() => history.back()), reload: () => void setTimeout(() => location.reload()) };
  for (const [way, leave] of Object.entries(ways)) {
    const asked = pageChecks.leavePrompts;
    await page.evaluate(leave);
    await expect.poll(() => pageChecks.leavePrompts, `asked before ${way}`).toBeGreaterThan(asked);
    await expectStill();
  }

  // After copying, it closes without a warning.
  pageChecks.acceptsLeaving = true;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await copy.click();
  await expect(done).toBeEnabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
});

for (const [way, use] of Object.entries({
  copied: (dialog: RevealDialog) => dialog.copy.click(),
  downloaded: async (dialog: RevealDialog, page: Page) => {
    await Promise.all([page.waitForEvent("download"), dialog.pdf.click()]);
  },
  "confirmed as saved": (dialog: RevealDialog) => dialog.dialog.getByRole("checkbox", { name: "I have saved this key" }).check(),
})) {
  test(`Done waits until the key was ${way}`, async ({ page, context, signedIn: _ }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const dialog = await reveal(page);
    await expect(dialog.done).toBeDisabled();
    await use(dialog, page);
    await expect(dialog.done).toBeEnabled();
    await dialog.done.click();
    await expect(dialog.dialog).toBeHidden();
    await expect(rows(page)).toHaveCount(1);
    await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
  });
}

test.describe("the browser refuses to copy", () => {
  const refusals = {
    "permission denied": () => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
      document.execCommand = () => false;
    },
    "no clipboard on a page without https": () => {
      Object.defineProperty(window, "isSecureContext", { value: false });
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    },
  };
  for (const [what, refuse] of Object.entries(refusals)) {
    test(`${what}: the key is selected and a message says so`, async ({ page, keyhatch, signedIn: _ }) => {
      await page.addInitScript(refuse);
      await visit(page, keyhatch.url + keysPath);
      const { dialog, key, copy, done } = await reveal(page);
      await copy.click();
      await expect(dialog.getByRole("status").filter({ hasText: "refused to copy" })).toBeVisible();
      expect(await selection(page)).toBe(await key.inputValue());
      await expect(done).toBeDisabled();
      await expectAccessible(page);
    });
  }

  test("without https copying falls back to execCommand", async ({ page, context, keyhatch, signedIn: _ }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }));
    await visit(page, keyhatch.url + keysPath);
    const { key, copy, done } = await reveal(page);
    await copy.click();
    await expect(done).toBeEnabled();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await key.inputValue());
  });
});

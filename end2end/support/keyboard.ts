// Navigation without a mouse: elements are reached by Tab and the arrow keys only.
import { Locator, Page, expect } from "@playwright/test";
import { waitForHydration } from "./page-checks";

const hasFocus = (target: Locator): Promise<boolean> =>
  target.first().evaluate((element) => element === document.activeElement, undefined, { timeout: 2_000 }).catch(() => false);

/** Presses `key` until `target` has the focus, and expects a visible focus indicator. */
export async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await hasFocus(target)) {
      await expectFocusVisible(page);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${target} was not reached by ${key}`);
}

/** Reaches `target` by Tab, then presses `key`. */
export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** Chooses a menu item: the menu's button is reached by Tab, the item by the arrow keys. */
export async function chooseFromMenu(page: Page, button: Locator, item: string): Promise<void> {
  await expect(button).toBeVisible();
  await waitForHydration(page);
  await press(page, button);
  await reach(page, page.getByRole("menuitem", { name: item, exact: true }), "ArrowDown");
  await page.keyboard.press("Enter");
}

/** Reaches a field by Tab and replaces its text. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  // A line break in `text` is typed as Enter, which a text area takes as a new line.
  await page.keyboard.type(text);
}

/** Focus trap: Tab and Shift+Tab cycle inside `dialog` and never reach the page behind it. */
export async function expectFocusKeptInside(page: Page, dialog: Locator): Promise<void> {
  for (const key of [...Array<string>(30).fill("Tab"), ...Array<string>(30).fill("Shift+Tab")]) {
    await page.keyboard.press(key);
    // The body is focused while the browser's own toolbar has the focus, which is allowed.
    const inside = await dialog.evaluate((element) => document.activeElement === document.body || element.contains(document.activeElement));
    expect(inside, `focus stays inside the dialog after ${key}`).toBe(true);
  }
}

async function expectFocusVisible(page: Page): Promise<void> {
  const visible = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return false;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
  });
  expect(visible, "the focus is visible").toBe(true);
}

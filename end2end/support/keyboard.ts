// A person without a mouse: reaches what is on screen by Tab and the arrow keys only.
import { Locator, Page, expect } from "@playwright/test";

const focused = (target: Locator): Promise<boolean> =>
  target.first().evaluate((element) => element === document.activeElement, undefined, { timeout: 2_000 }).catch(() => false);

/** Presses `key` until `target` has the focus, which must then be visible. */
export async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await focused(target)) {
      await expectVisibleFocus(page);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${target} was not reached by ${key}`);
}

export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** Chooses from a menu whose button is reached by Tab and its items by the arrow keys. */
export async function chooseFromMenu(page: Page, button: Locator, item: string): Promise<void> {
  await press(page, button);
  await reach(page, page.getByRole("menuitem", { name: item, exact: true }), "ArrowDown");
  await page.keyboard.press("Enter");
}

export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  // Enter inside a textarea is a new line, as a person would make it.
  await page.keyboard.type(text);
}

/** Tab and Shift+Tab go round inside `dialog` and never leave it. */
export async function expectFocusKeptInside(page: Page, dialog: Locator): Promise<void> {
  for (const key of [...Array<string>(30).fill("Tab"), ...Array<string>(30).fill("Shift+Tab")]) {
    await page.keyboard.press(key);
    // The browser's own frame, which shows as the body, is no leak: the page behind is.
    const inside = await dialog.evaluate((element) => document.activeElement === document.body || element.contains(document.activeElement));
    expect(inside, `focus stays inside the dialog after ${key}`).toBe(true);
  }
}

async function expectVisibleFocus(page: Page): Promise<void> {
  const visible = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return false;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
  });
  expect(visible, "the focus can be seen").toBe(true);
}

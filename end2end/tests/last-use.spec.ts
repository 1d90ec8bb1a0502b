// When and from where a key was last used: in the list, and as a warning before the whitelist excludes that address.
import { reach } from "../support/keyboard";
import { expectAccessible } from "../support/page-checks";
import { keysPath, openEdit, rows, visit } from "../support/screen";
import { expect, test } from "../support/test";

test("the last use is listed, and excluding its address from the whitelist warns", async ({ page, keyhatch, signedIn }) => {
  const { key } = await keyhatch.createKey(signedIn.id, "Warehouse sync", { whitelist: ["203.0.113.0/24"] });
  await visit(page, keyhatch.url + keysPath);
  const used = rows(page).getByRole("cell").nth(4);
  await expect(used).toHaveText("Never");
  expect(await keyhatch.verify(key, "203.0.113.9")).toBe("VALID");
  await visit(page, keyhatch.url + keysPath);
  await expect(used).toContainText("just now");
  const exact = used.getByText(/^\d+ \w+ \d{4}, \d\d:\d\d UTC from 203\.0\.113\.9$/);
  const seen = () => exact.evaluate((tip) => tip.getBoundingClientRect().width > 20);
  expect(await seen()).toBe(false);
  await used.getByText("just now").hover();
  expect(await seen()).toBe(true);
  await page.mouse.move(0, 0);
  await reach(page, used);
  expect(await seen()).toBe(true);
  await expectAccessible(page);

  const edit = await openEdit(page, "Warehouse sync");
  const warning = edit.dialog.getByText("203.0.113.9 used this key just now and would be blocked.");
  await expect(warning).toBeHidden();
  await edit.whitelist.fill("198.51.100.7");
  await expect(warning).toBeVisible();
  await expectAccessible(page);
  await edit.whitelist.fill("");
  await expect(warning).toBeHidden();
  await edit.whitelist.fill("203.0.113.0/28, 198.51.100.7");
  await expect(warning).toBeHidden();
  await edit.whitelist.fill("198.51.100.7");
  await edit.dialog.getByRole("button", { name: "Add 203.0.113.9" }).click();
  await expect(edit.whitelist).toHaveValue("198.51.100.7\n203.0.113.9\n");
  await expect(warning).toBeHidden();
});

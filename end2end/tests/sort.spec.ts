// The list sorts by name, creation, last use and expiry, by links in the table's head; the order stands in the address.
import { Page } from "@playwright/test";
import { expectAccessible } from "../support/page-checks";
import { keysPath, openEdit, rows, searchFor, visit } from "../support/screen";
import { expect, test, testWithOwnServer } from "../support/test";

const column = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });
const names = (page: Page) => rows(page).getByRole("rowheader");

testWithOwnServer("keys are sorted by each column, both ways", async ({ page, keyhatch, signedIn }) => {
  const made: Record<string, string> = {};
  for (const name of ["beta", "Alpha", "gamma"]) made[name] = (await keyhatch.createKey(signedIn.id, name)).key;
  for (const name of ["gamma", "beta"]) {
    await keyhatch.verify(made[name] ?? "", "203.0.113.7");
    await page.waitForTimeout(20);
  }
  // Last uses are written in batches; a stop writes what is left.
  await keyhatch.restart();
  await visit(page, keyhatch.url + keysPath);
  await expect(names(page)).toContainText(["gamma", "Alpha", "beta"]);
  await expect(column(page, "Created")).toHaveAttribute("aria-sort", "descending");

  await column(page, "Name").getByRole("link").click();
  await expect(page).toHaveURL(/\?sort=name$/);
  await expect(column(page, "Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(names(page)).toContainText(["Alpha", "beta", "gamma"]);
  await column(page, "Name").getByRole("link").click();
  await expect(column(page, "Name")).toHaveAttribute("aria-sort", "descending");
  await expect(names(page)).toContainText(["gamma", "beta", "Alpha"]);

  await column(page, "Last used").getByRole("link").click();
  await expect(names(page)).toContainText(["beta", "gamma", "Alpha"]);
  await expectAccessible(page);
  await column(page, "Created").getByRole("link", { name: "Created" }).click();
  await expect(names(page)).toContainText(["gamma", "Alpha", "beta"]);
});

test("a key that expires sooner stands first in the order of expiry, which survives a dialog, a search and Back", async ({ page, keyhatch, signedIn }) => {
  for (const name of ["later", "never", "sooner"]) await keyhatch.createKey(signedIn.id, name);
  await visit(page, keyhatch.url + keysPath);
  for (const [name, lifetime] of [["later", "90 days"], ["sooner", "30 days"]] as const) {
    const edit = await openEdit(page, name);
    await edit.limitsHead.click();
    await edit.limit("Expires").selectOption(lifetime);
    await edit.save.click();
    await expect(edit.dialog).toBeHidden();
  }
  await column(page, "Created").getByRole("link", { name: "Expires" }).click();
  await expect(page).toHaveURL(/sort=expires/);
  await expect(names(page)).toContainText(["sooner", "later", "never"]);
  await expect(column(page, "Expires")).toHaveAttribute("aria-sort", "ascending");
  const edit = await openEdit(page, "later");
  await edit.cancel.click();
  await expect(names(page)).toContainText(["sooner", "later", "never"]);
  await searchFor(page, "er");
  await expect(page).toHaveURL(/q=er&sort=expires/);
  await expect(page.getByText("3 of 3", { exact: true })).toBeVisible();
  await searchFor(page, "late");
  await expect(names(page)).toContainText(["later"]);
  await page.goBack();
  await expect(names(page)).toContainText(["sooner", "later", "never"]);
});

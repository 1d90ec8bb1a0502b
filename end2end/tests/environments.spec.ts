// Live and sandbox keys: chosen at creation, marked everywhere, and a filter of the list.
import { blockWasm, expectAccessible, expectNoWiderThanScreen, waitForHydration } from "../support/page-checks";
import { RevealDialog, KeyEditor, chooseAction, deleteDialog, fillSignIn, keysPath, environmentFilter, notice, openAdd, openEdit, rows, searchBox, searchFor, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

test("a sandbox key is marked everywhere", async ({ page, signedIn: _ }) => {
  const add = await openAdd(page);
  await expect(add.environment("Live")).toBeChecked();
  await add.name.fill("Staging tests");
  await add.environment("Sandbox").check();
  const mark = add.dialog.locator("header").getByText("Sandbox");
  await expect(mark).toBeVisible();
  await add.environment("Live").check();
  await expect(mark).toBeHidden();
  await add.environment("Sandbox").check();
  await expectAccessible(page);
  await add.save.click();

  const reveal = new RevealDialog(page);
  await expect(reveal.key).toHaveValue(/^kh_test_/);
  await expect(reveal.dialog.getByText("Sandbox", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await closeReveal(page);
  await expect(rows(page).getByText("Sandbox", { exact: true })).toBeVisible();
  await page.reload();
  await waitForHydration(page);
  await expect(rows(page).getByText("Sandbox", { exact: true })).toBeVisible();
  await expectAccessible(page);

  const edit = await openEdit(page, "Staging tests");
  await expect(edit.dialog.locator("header").getByText("Sandbox")).toBeVisible();
  await expect(edit.dialog.getByRole("group", { name: "Environment" })).toContainText("Sandbox");
  await expect(edit.dialog.getByRole("radio")).toHaveCount(0);
  await edit.name.fill("Staging");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();
  await expect(rows(page).getByText("Sandbox", { exact: true })).toBeVisible();
  await chooseAction(page, "Staging", "Delete Key");
  await expect(deleteDialog(page).getByText("Sandbox", { exact: true })).toBeVisible();
  await waitForHydration(page);
  await page.keyboard.press("Escape");
  await expect(deleteDialog(page)).toBeHidden();

  // The next new key defaults to live again.
  await openAdd(page);
  await expect(add.environment("Live")).toBeChecked();
});

test("the environment filter combines with the search in the URL, and Back undoes it", async ({ page, keyhatch, signedIn }) => {
  for (let n = 1; n <= 27; n++) {
    await keyhatch.createKey(signedIn.id, `Program ${n}`);
    await keyhatch.createKey(signedIn.id, `Tests ${n}`, { environment: "sandbox" });
  }
  await keyhatch.createKey(signedIn.id, "Tests of the shop");
  await visit(page, keyhatch.url + keysPath);
  await expect(rows(page)).toHaveCount(50);

  await environmentFilter(page, "Sandbox").click();
  await expect(page).toHaveURL(/\?environment=sandbox$/);
  await expect(environmentFilter(page, "Sandbox")).toHaveAttribute("aria-current", "true");
  await expect(rows(page)).toHaveCount(27);
  await searchFor(page, "tests");
  await expect(rows(page)).toHaveCount(27);
  await environmentFilter(page, "Live").click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("Tests of the shop");
  await expect(page).toHaveURL(/\?q=tests&environment=live$/);
  await searchFor(page, "no such");
  await expect(page.getByText('No keys match "no such".')).toBeVisible();
  await page.getByRole("link", { name: "Show all keys" }).click();
  await expect(rows(page)).toHaveCount(50);
  // Every search is an address of its own.
  await page.goBack();
  await expect(searchBox(page)).toHaveValue("no such");
  await page.goBack();
  await expect(searchBox(page)).toHaveValue("tests");
  await expect(rows(page)).toHaveCount(1);
  await environmentFilter(page, "Live").click();
  await searchFor(page, "");
  await expect(environmentFilter(page, "Live")).toHaveAttribute("aria-current", "true");
  await expect(rows(page)).toHaveCount(28);
  await environmentFilter(page, "Sandbox").click();
  await expect(rows(page)).toHaveCount(27);

  // An open dialog keeps the filters.
  const edit = await openEdit(page, "Tests 27");
  await expect(page).toHaveURL(/\?edit=\w+&environment=sandbox$/);
  await page.reload();
  await waitForHydration(page);
  await expect(edit.name).toHaveValue("Tests 27");
  await edit.cancel.click();
  await expect(page).toHaveURL(/environment=sandbox$/);
  await expect(rows(page)).toHaveCount(27);

  // A new live key does not appear in the sandbox list.
  const add = await openAdd(page);
  await add.name.fill("Live one");
  await add.save.click();
  await closeReveal(page);
  await expect(notice(page, "Created Live one.")).toBeVisible();
  await expect(rows(page)).toHaveCount(27);
  await environmentFilter(page, "All").click();
  await expect(rows(page).first()).toContainText("Live one");
});

test("without wasm filters, search and paging are plain navigation", async ({ page, keyhatch, pageChecks }) => {
  await blockWasm(page, pageChecks);
  const { id, owner } = await keyhatch.createAccount();
  for (let n = 1; n <= 51; n++) await keyhatch.createKey(id, `Tests ${n}`, { environment: "sandbox" });
  await keyhatch.createKey(id, "Warehouse sync", { privileges: ["contacts:read"] });
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(`${keyhatch.url}${keysPath}?q=tests`);

  await environmentFilter(page, "Sandbox").click();
  await expect(page).toHaveURL(/\?q=tests&environment=sandbox$/);
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Load more" }).click();
  await expect(rows(page)).toHaveCount(51);
  await expect(rows(page).last()).toContainText("Tests 1");
  await page.getByRole("searchbox").fill("warehouse");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/environment=sandbox/);
  await expect(page.getByText('No keys match "warehouse".')).toBeVisible();
  await environmentFilter(page, "All").click();
  await expect(rows(page)).toHaveCount(1);

  await chooseAction(page, "Warehouse sync", "Test this key");
  await expect(page).toHaveURL(/\?test=\w+&q=warehouse$/);
  const dialog = page.getByRole("dialog", { name: "Test API key" });
  await expect(dialog.getByRole("textbox", { name: "Address" })).toHaveValue("127.0.0.1");
  await dialog.getByRole("button", { name: "Test" }).click();
  await expect(dialog.getByRole("status")).toContainText("Allowed");
  await page.goto(`${keyhatch.url}${keysPath}?add`);
  await expect(new KeyEditor(page, "Add API key").environment("Live")).toBeChecked();
});

test("environments fit a phone screen", async ({ page, keyhatch, signedIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await keyhatch.createKey(signedIn.id, "Staging tests", { environment: "sandbox" });
  await visit(page, keyhatch.url + keysPath);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  const edit = await openEdit(page, "Staging tests");
  await edit.limitsHead.click();
  await edit.limit("Expires").selectOption("On a date…");
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
});

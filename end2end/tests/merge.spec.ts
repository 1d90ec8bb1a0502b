// Two people edit one key: what only one of them changed is merged, and only what both changed is asked about.
import { BrowserContext } from "@playwright/test";
import { KeyEditor, keysPath, notice, openEdit, rows, visit } from "../support/screen";
import { expect, test } from "../support/test";

/** Another tab saves a change while the editor of `page` is open. */
async function meanwhile(context: BrowserContext, url: string, name: string, change: (theirs: KeyEditor) => Promise<void>): Promise<void> {
  const other = await context.newPage();
  await visit(other, url + keysPath);
  const theirs = await openEdit(other, name);
  await change(theirs);
  await theirs.save.click();
  await expect(theirs.dialog).toBeHidden();
  await expect(rows(other).first()).toBeVisible();
  await other.close();
}

const told = (mine: KeyEditor) => mine.dialog.getByRole("alert").filter({ hasText: "and so did you" });

test("different fields are merged without a question", async ({ page, context, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Shop", { whitelist: ["203.0.113.7"], privileges: ["contacts:read"] });
  await visit(page, keyhatch.url + keysPath);
  const mine = await openEdit(page, "Shop");
  await meanwhile(context, keyhatch.url, "Shop", async (theirs) => {
    await theirs.whitelist.fill("198.51.100.7");
    await theirs.privilege("Orders: Read").check();
  });
  await mine.name.fill("Web shop");
  await mine.save.click();
  await expect(notice(page, "Updated Web shop.")).toBeVisible();
  const again = await openEdit(page, "Web shop");
  await expect(again.whitelist).toHaveValue("198.51.100.7");
  await expect(again.privilege("Orders: Read")).toBeChecked();
  await expect(again.privilege("Contacts: Read")).toBeChecked();
});

for (const [button, name] of [["Use mine", "Store"], ["Keep theirs", "Web shop"]] as const) {
  test(`of a field that both changed, "${button}" decides`, async ({ page, context, keyhatch, pageChecks, signedIn }) => {
    pageChecks.allow(/status of 409/);
    await keyhatch.createKey(signedIn.id, "Shop");
    await visit(page, keyhatch.url + keysPath);
    const mine = await openEdit(page, "Shop");
    await meanwhile(context, keyhatch.url, "Shop", async (theirs) => {
      await theirs.name.fill("Web shop");
      await theirs.whitelist.fill("203.0.113.7");
    });
    await mine.name.fill("Store");
    await mine.privilege("Contacts: Read").check();
    await mine.save.click();
    await expect(told(mine)).toContainText("Name: saved as Web shop, you entered Store.");
    await expect(told(mine)).not.toContainText("Privileges");
    await expect(mine.name).toHaveValue("Store");
    await told(mine).getByRole("button", { name: button }).click();
    await expect(mine.dialog).toBeHidden();
    await expect(rows(page).getByRole("rowheader", { name })).toBeVisible();
    // What only one side changed is kept in either case.
    await expect(rows(page)).toContainText("203.0.113.7");
    await expect(rows(page)).toContainText("Contacts: Read");
  });
}

test("without a script both choices are buttons of the form", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 409/);
  const { id } = await keyhatch.createKey(signedIn.id, "Shop");
  const plain = await context.newPage();
  await plain.route(/\.wasm/, (route) => route.abort());
  pageChecks.allow(/\.wasm/, /ERR_FAILED/, /Failed to fetch/);
  await plain.goto(`${keyhatch.url}${keysPath}?edit=${id}`);
  await visit(page, keyhatch.url + keysPath);
  const theirs = await openEdit(page, "Shop");
  await theirs.name.fill("Web shop");
  await theirs.save.click();
  await expect(theirs.dialog).toBeHidden();
  const mine = new KeyEditor(plain, "Edit API key");
  await mine.name.fill("Store");
  await mine.save.click();
  await expect(told(mine)).toContainText("Name: saved as Web shop, you entered Store.");
  await expect(mine.name).toHaveValue("Store");
  await told(mine).getByRole("button", { name: "Use mine" }).click();
  await expect(notice(plain, "Updated Store.")).toBeVisible();
});

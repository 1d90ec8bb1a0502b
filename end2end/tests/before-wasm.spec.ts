// Pages before their wasm has loaded, or where it never loads, as on slow connections.
import { blockWasm, waitForHydration } from "../support/page-checks";
import { RevealDialog, KeyEditor, addKey, chooseAction, deleteDialog, fillSignIn, keysHeading, keysPath, notice, rows } from "../support/screen";
import { expect, test } from "../support/test";

const wasm = /\.wasm(\?.*)?$/;

test("without wasm keys are listed and Add Key opens the slider by navigation", async ({ page, keyhatch, pageChecks }) => {
  await blockWasm(page, pageChecks);
  const { id, owner } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync", { whitelist: ["203.0.113.7"], privileges: ["contacts:read"] });
  const { key } = await keyhatch.createKey(id, "Nightly report");
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(keyhatch.url + keysPath);
  await expect(keysHeading(page)).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(0)).toContainText("Nightly report");
  await expect(rows(page).nth(0)).toContainText(`kh_live_…${key.slice(-5)}`);
  await expect(rows(page).nth(1)).toContainText("203.0.113.7");

  await addKey(page).click();
  await expect(page).toHaveURL(/[?&]add\b/);
  const editor = new KeyEditor(page, "Add API key");
  await expect(editor.name).toBeVisible();
  await expect(editor.whitelist).toBeVisible();
  await expect(editor.privilege("Contacts: Read")).toBeVisible();

  await page.goBack();
  await expect(editor.dialog).toBeHidden();
  await expect(rows(page)).toHaveCount(2);

  // Menus are native popovers; the server renders the open dialog with the key's values.
  await chooseAction(page, "Warehouse sync", "Edit Key");
  const edit = new KeyEditor(page, "Edit API key");
  await expect(edit.name).toHaveValue("Warehouse sync");
  await expect(edit.whitelist).toHaveValue("203.0.113.7");
  await expect(edit.privilege("Contacts: Read")).toBeChecked();
  await expect(edit.privilege("Orders: Read")).not.toBeChecked();
  await edit.cancel.click();
  await expect(rows(page)).toHaveCount(2);
  await chooseAction(page, "Warehouse sync", "Delete Key");
  await expect(deleteDialog(page)).toContainText("Warehouse sync");
});

test("input typed before hydration is kept", async ({ page, keyhatch }) => {
  const { owner } = await keyhatch.createAccount();
  let arrive = () => {};
  const held = () => new Promise<void>((go) => (arrive = go));
  const arrival = held();
  await page.route(wasm, async (route) => {
    await arrival;
    await route.continue();
  });

  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(`${keyhatch.url}${keysPath}?add`);
  const editor = new KeyEditor(page, "Add API key");
  await editor.name.fill("Warehouse sync");
  await editor.whitelist.fill("203.0.113.7");
  await editor.privilege("Contacts: Read").check();
  arrive();
  await waitForHydration(page);
  await expect(editor.name).toHaveValue("Warehouse sync");
  await expect(editor.whitelist).toHaveValue("203.0.113.7");
  await expect(editor.privilege("Contacts: Read")).toBeChecked();
  // What counts and checks knows it as well.
  await expect(editor.dialog).toContainText("14 of 32");
  await expect(editor.dialog).toContainText("1 of 50");
  await editor.save.click();
  await expect(new RevealDialog(page).dialog).toBeVisible();
});

test("Save before hydration is a plain form", async ({ page, keyhatch, pageChecks }) => {
  await blockWasm(page, pageChecks);
  const { owner } = await keyhatch.createAccount();
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(`${keyhatch.url}${keysPath}?add`);
  const editor = new KeyEditor(page, "Add API key");
  await editor.name.fill("Warehouse sync");
  await editor.whitelist.fill("203.0.113.7");
  // A double click creates one key.
  await editor.save.dblclick();
  await expect(new RevealDialog(page).dialog.or(notice(page, "created already"))).toBeVisible();
  await page.goto(keyhatch.url + keysPath);
  await expect(rows(page)).toHaveCount(1);
});

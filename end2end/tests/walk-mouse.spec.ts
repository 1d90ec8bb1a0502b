// The document that describes the API Keys page, step by step with the mouse: from the profile menu to a key that a
// running nginx accepts from the listed address only, its edit, and its deletion.
import { expectAccessible, waitForHydration } from "../support/page-checks";
import { pdfText } from "../support/pdf";
import { RevealDialog, KeyEditor, addKey, chooseAction, confirmDeletion, deleteDialog, fillSignIn, keysHeading, openAdd, openEdit, rows, setUp, signOut } from "../support/screen";
import { todayUtc } from "../support/steps";
import { expect, testWithOwnServer as test } from "../support/test";

const jo = { email: "jo@acme.example", password: "correct horse battery staple" };
const listed = "127.0.0.2";
const other = "127.0.0.3";

test("a key is created, used, edited and deleted", async ({ page, context, keyhatch, nginx }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const call = (address: string) => nginx.call(address, { Authorization: `ApiKey ${key}` });
  let key = "";

  await test.step("set up an account with the one-time link, sign out, sign in", async () => {
    await page.goto(await keyhatch.setupLink());
    await expectAccessible(page);
    await setUp(page, await keyhatch.setupLink(), "Acme Mail", jo);
    await waitForHydration(page);
    await expectAccessible(page);
    await signOut(page, jo);
    await expectAccessible(page);
    await fillSignIn(page, jo);
  });

  await test.step("click on your user name profile and select Settings", async () => {
    await waitForHydration(page);
    await page.getByRole("button", { name: jo.email }).click();
    await expectAccessible(page);
    await page.getByRole("menuitem", { name: "Settings" }).click();
  });

  await test.step("choose API Keys under the Connections section", async () => {
    const connections = page.getByRole("group", { name: "Connections" });
    await connections.getByRole("link", { name: "API Keys" }).click();
    await expect(page).toHaveURL(`${keyhatch.url}/settings/api-keys`);
    await expect(keysHeading(page)).toBeVisible();
    await waitForHydration(page);
  });

  await test.step("click on Add Key; the slider opens", async () => {
    await openAdd(page);
    await expectAccessible(page);
  });

  const editor = new KeyEditor(page, "Add API key");
  await test.step("enter a name of at most 32 characters", async () => {
    await editor.name.fill("x".repeat(33));
    await expect(editor.dialog).toContainText("33 of 32");
    await editor.name.fill("Warehouse sync");
    await expect(editor.dialog).toContainText("14 of 32");
  });

  await test.step("add an address to the whitelist", async () => {
    await expect(editor.dialog.getByText("Any address may use this key", { exact: false })).toBeVisible();
    await editor.whitelist.fill(listed);
    await expect(editor.dialog).toContainText("1 of 50");
    await expect(editor.dialog.getByText("Any address may use this key", { exact: false })).toBeHidden();
    await expect(editor.dialog).toContainText("1 valid");
  });

  await test.step("assign privileges and click Save", async () => {
    await editor.privilege("Contacts: Read").check();
    await editor.privilege("Orders: Write").check();
    await expectAccessible(page);
    await editor.save.click();
  });

  const reveal = new RevealDialog(page);
  await test.step("an API key is generated; copy it, or download the PDF that contains it", async () => {
    await expect(reveal.dialog).toBeVisible();
    key = await reveal.key.inputValue();
    expect(key).toMatch(/^kh_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/);
    await expectAccessible(page);
    await reveal.copy.click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(key);

    const [download] = await Promise.all([page.waitForEvent("download"), reveal.pdf.click()]);
    expect(download.suggestedFilename()).toBe("Warehouse sync.pdf");
    const text = await pdfText(download);
    for (const part of [key, "Warehouse sync", "Acme Mail", todayUtc(), listed, "contacts:read", "orders:write"]) {
      expect(text.toLowerCase()).toContain(part.toLowerCase());
    }
    expect(text).toContain(key);
    expect(text).toContain("Authorization: ApiKey");
  });

  await test.step("it is not available once the dialog is closed, and is displayed on the index page", async () => {
    await reveal.done.click();
    await expect(reveal.dialog).toBeHidden();
    await expect(rows(page).first()).toContainText("Warehouse sync");
    expect(await page.content()).not.toContain(key);
  });

  await test.step("the index shows name, masked key and creation date, newest first", async () => {
    await openAdd(page);
    await editor.name.fill("Nightly report");
    await editor.save.click();
    await reveal.copy.click();
    await reveal.done.click();
    await expect(rows(page)).toHaveCount(2);
    await expect(rows(page).nth(0)).toContainText("Nightly report");
    await expect(rows(page).nth(0)).toContainText("Any address");
    const older = rows(page).nth(1);
    await expect(older).toContainText("Warehouse sync");
    await expect(older).toContainText(`kh_live_…${key.slice(-5)}`);
    // Dates of this year go without it.
    await expect(older).toContainText(todayUtc().replace(/ \d{4}$/, ""));
    await expect(older).toContainText(listed);
    await page.reload();
    await waitForHydration(page);
    await expect(rows(page).nth(0)).toContainText("Nightly report");
    await expect(rows(page).nth(1)).toContainText("Warehouse sync");
    await expectAccessible(page);
  });

  await test.step("calls carry `ApiKey <key>` and are let in from the listed address only", async () => {
    const answer = await call(listed);
    expect(answer.status).toBe(200);
    expect(answer.upstream).toMatchObject({
      "x-keyhatch-key-name": "Warehouse sync",
      "x-keyhatch-environment": "live",
      "x-keyhatch-privileges": "contacts:read orders:write",
    });
    expect((await call(other)).status).toBe(403);
    expect((await call("127.0.0.1")).status).toBe(403);
    expect((await nginx.call(listed)).status).toBe(401);
  });

  await test.step("Edit Key: name, address and access rights", async () => {
    const edit = await openEdit(page, "Warehouse sync");
    await expect(edit.whitelist).toHaveValue(listed);
    await expect(edit.privilege("Contacts: Read")).toBeChecked();
    await expect(edit.privilege("Contacts: Write")).not.toBeChecked();
    await expectAccessible(page);
    await edit.name.fill("Warehouse 2");
    await edit.whitelist.fill(other);
    await edit.privilege("Orders: Write").uncheck();
    await edit.save.click();
    await expect(edit.dialog).toBeHidden();
    await expect(rows(page).nth(1)).toContainText("Warehouse 2");
    await expect(rows(page).nth(1)).toContainText(other);
    expect((await call(listed)).status).toBe(403);
    const answer = await call(other);
    expect(answer.status).toBe(200);
    expect(answer.upstream["x-keyhatch-privileges"]).toBe("contacts:read");
  });

  await test.step("Delete Key: the very next call is refused", async () => {
    await chooseAction(page, "Warehouse 2", "Delete Key");
    const confirm = deleteDialog(page);
    await expect(confirm).toContainText("Warehouse 2");
    await expectAccessible(page);
    await confirm.getByRole("button", { name: "Cancel" }).click();
    expect((await call(other)).status).toBe(200);
    await chooseAction(page, "Warehouse 2", "Delete Key");
    // It has just been used, so its name is asked for.
    await confirmDeletion(page, "Warehouse 2");
    expect((await call(other)).status).toBe(401);
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page).filter({ hasText: "Warehouse 2" })).toHaveCount(0);
  });

  await expect(addKey(page)).toBeVisible();
});

// The walkthrough of walk-mouse.spec.ts by keyboard alone: this file sends no pointer events.
import { chooseFromMenu, expectFocusKeptInside, press, reach, typeInto } from "../support/keyboard";
import { waitForHydration } from "../support/page-checks";
import { RevealDialog, KeyEditor, actionsFor, addKey, deleteDialog, keysHeading, rows } from "../support/screen";
import { expect, testWithOwnServer as test } from "../support/test";

const jo = { email: "jo@acme.example", password: "correct horse battery staple" };

test("the walkthrough works by keyboard alone", async ({ page, context, keyhatch, nginx }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const profile = page.getByRole("button", { name: jo.email });
  const call = (address: string) => nginx.call(address, { Authorization: `ApiKey ${key}` });
  let key = "";

  await test.step("set up", async () => {
    await page.goto(await keyhatch.setupLink());
    await typeInto(page, page.getByRole("textbox", { name: "Account name" }), "Acme Mail");
    await typeInto(page, page.getByRole("textbox", { name: "Email" }), jo.email);
    await typeInto(page, page.getByLabel("Password"), jo.password);
    await page.keyboard.press("Enter");
    await expect(keysHeading(page)).toBeVisible();
    await waitForHydration(page);
  });

  await test.step("sign out and in", async () => {
    await chooseFromMenu(page, profile, "Sign out");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await typeInto(page, page.getByRole("textbox", { name: "Email" }), jo.email);
    await typeInto(page, page.getByLabel("Password"), jo.password);
    await page.keyboard.press("Enter");
    await expect(profile).toBeVisible();
    await waitForHydration(page);
  });

  await test.step("the profile menu opens, closes by Escape and leads to the settings", async () => {
    await press(page, profile);
    await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menuitem", { name: "Settings" })).toBeHidden();
    await expect(profile).toBeFocused();
    await chooseFromMenu(page, profile, "Settings");
    await press(page, page.getByRole("group", { name: "Connections" }).getByRole("link", { name: "API Keys" }));
    await expect(keysHeading(page)).toBeVisible();
    await waitForHydration(page);
  });

  const editor = new KeyEditor(page, "Add API key");
  await test.step("the slider traps the focus, and Escape closes it and returns the focus", async () => {
    await press(page, addKey(page));
    await expect(editor.dialog).toBeVisible();
    await waitForHydration(page);
    await expectFocusKeptInside(page, editor.dialog);
    await page.keyboard.press("Escape");
    await expect(editor.dialog).toBeHidden();
    await expect(addKey(page)).toBeFocused();
  });

  await test.step("fill the form and save", async () => {
    await press(page, addKey(page));
    await expect(editor.name).toBeFocused();
    await waitForHydration(page);
    await typeInto(page, editor.name, "Warehouse sync");
    await typeInto(page, editor.whitelist, "127.0.0.2\n");
    await press(page, editor.privilege("Contacts: Read"), "Space");
    await expect(editor.privilege("Contacts: Read")).toBeChecked();
    await press(page, editor.save);
  });

  const reveal = new RevealDialog(page);
  await test.step("the dialog does not close by accident, traps the focus, and copies", async () => {
    await expect(reveal.dialog).toBeVisible();
    key = await reveal.key.inputValue();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(reveal.dialog).toBeVisible();
    await expectFocusKeptInside(page, reveal.dialog);
    await press(page, reveal.copy);
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    await reach(page, reveal.pdf);
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(download.suggestedFilename()).toBe("Warehouse sync.pdf");
    await press(page, reveal.done);
    await expect(reveal.dialog).toBeHidden();
    await expect(rows(page).first()).toContainText("Warehouse sync");
    // A new key's row.
    await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
    expect((await call("127.0.0.2")).status).toBe(200);
    expect((await call("127.0.0.3")).status).toBe(403);
  });

  await test.step("edit", async () => {
    await chooseFromMenu(page, actionsFor(page, "Warehouse sync"), "Edit Key");
    const edit = new KeyEditor(page, "Edit API key");
    await expect(edit.dialog).toBeVisible();
    await waitForHydration(page);
    await typeInto(page, edit.whitelist, "127.0.0.3");
    await press(page, edit.save);
    await expect(edit.dialog).toBeHidden();
    await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
    expect((await call("127.0.0.2")).status).toBe(403);
    expect((await call("127.0.0.3")).status).toBe(200);
  });

  await test.step("delete", async () => {
    await chooseFromMenu(page, actionsFor(page, "Warehouse sync"), "Delete Key");
    const confirm = deleteDialog(page);
    await expect(confirm).toBeVisible();
    await waitForHydration(page);
    await expectFocusKeptInside(page, confirm);
    await page.keyboard.press("Escape");
    await expect(confirm).toBeHidden();
    await chooseFromMenu(page, actionsFor(page, "Warehouse sync"), "Delete Key");
    await expect(confirm).toBeVisible();
    await typeInto(page, confirm.getByRole("textbox", { name: "Type Warehouse sync to confirm" }), "Warehouse sync");
    await press(page, confirm.getByRole("button", { name: "Delete Key" }));
    await expect(confirm).toBeHidden();
    expect((await call("127.0.0.3")).status).toBe(401);
  });
});

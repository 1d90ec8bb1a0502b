// "Test this key", the explain panel: the gate's verdict check by check, and the link to the editor.
import { chooseFromMenu, expectFocusKeptInside, press, reach, typeInto } from "../support/keyboard";
import { uniqueEmail } from "../support/keyhatch";
import { expectAccessible, expectNoWiderThanScreen, waitForHydration } from "../support/page-checks";
import { KeyEditor, ExplainPanel, actionsFor, keysPath, openEdit, openKeyPage, openExplainPanel, rows, visit } from "../support/screen";
import { resumeSession } from "../support/steps";
import { expect, test } from "../support/test";

test("a missing privilege is explained and fixed in the editor", async ({ page, keyhatch, signedIn }) => {
  const { key } = await keyhatch.createKey(signedIn.id, "Warehouse sync", { whitelist: ["203.0.113.0/24"], privileges: ["contacts:read"] });
  await visit(page, keyhatch.url + keysPath);
  const explain = await openExplainPanel(page, "Warehouse sync");
  await expect(page).toHaveURL(/\?test=\w+$/);
  await expect(explain.address).toHaveValue("127.0.0.1");
  await expectAccessible(page);

  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: IP_NOT_ALLOWED");
  await expect(explain.answer).toContainText("Edit the key and add 127.0.0.1 to its IP whitelist.");

  await explain.address.fill("203.0.113.7");
  await explain.privilege.selectOption("Orders: Write");
  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: PRIVILEGE_MISSING");
  expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "orders:write" })).toBe("PRIVILEGE_MISSING");
  await expect(explain.checks).toHaveText([/Enabled passed/, /Expiry passed/, /Channel passed/, /Address passed/, /Privilege failed/]);
  await expect(explain.checks.last()).toContainText("The key lacks orders:write.");
  await expectAccessible(page);

  await explain.edit.click();
  const edit = new KeyEditor(page, "Edit API key");
  await edit.privilege("Orders: Write").check();
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();

  // Back in the panel, with the same input.
  await expect(explain.address).toHaveValue("203.0.113.7");
  await waitForHydration(page);
  await explain.test.click();
  await expect(explain.answer).toContainText("Allowed");
  await expect(explain.checks.last()).toContainText("The key has orders:write.");
  expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "orders:write" })).toBe("VALID");
  await page.keyboard.press("Escape");
  await expect(explain.dialog).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);
  await expect(rows(page)).toContainText("Contacts: Read +1");
});

test("an invalid address or cost gets a message, and testing uses up no limit", async ({ page, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 422/);
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Warehouse sync");
  await edit.limitsHead.click();
  await edit.limit("Number of uses").fill("5");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();

  const explain = await openExplainPanel(page, "Warehouse sync");
  for (const wrong of ["203.0.113.7:80", "10.0.0.0/8", "example.com"]) {
    await explain.address.fill(wrong);
    await explain.test.click();
    await expect(explain.address).toHaveAccessibleDescription(/Write one address, such as 203\.0\.113\.7/);
    await expect(explain.address).toHaveValue(wrong);
    await expect(explain.address).toBeFocused();
    await expect(explain.answer).toBeEmpty();
  }
  await explain.address.fill("2001:db8::1");
  for (const wrong of ["-1", "1000001", "1.5", "one", ""]) {
    await explain.cost.fill(wrong);
    await explain.test.click();
    await expect(explain.cost).toHaveAccessibleDescription(/Write a whole number from 0 to 1,000,000/);
  }
  for (let n = 0; n < 2; n++) {
    await explain.cost.fill("5");
    await explain.test.click();
    await expect(explain.checks.last()).toContainText("5 left of 5 uses.");
  }
  await explain.cost.fill("6");
  await explain.test.click();
  await expect(explain.answer).toContainText("Refused: QUOTA_EXCEEDED");
  await expect(explain.answer).toContainText("raise the limit above the cost of the call");
  // The address may be left empty.
  await explain.address.fill("");
  await explain.cost.fill("0");
  await explain.channel.selectOption("database");
  await explain.test.click();
  await expect(explain.answer).toContainText("Allowed");
});

test("a viewer may only test a key", async ({ page, keyhatch }) => {
  const { id } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync");
  const viewer = await keyhatch.createMember(id, uniqueEmail("vi"), "viewer");
  await resumeSession(page, keyhatch.url, viewer);
  await actionsFor(page, "Warehouse sync").click();
  await expect(page.getByRole("menuitem")).toHaveText(["Test this key"]);
  await page.getByRole("menuitem", { name: "Test this key" }).click();
  const explain = new ExplainPanel(page);
  await explain.privilege.selectOption("Contacts: Read");
  await explain.test.click();
  await expect(explain.answer).toContainText("Edit the key and tick contacts:read.");
  await expect(explain.edit).toHaveCount(0);
});

test("a test continues after signing in again", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 401/);
  await keyhatch.createKey(signedIn.id, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  const explain = await openExplainPanel(page, "Warehouse sync");
  await explain.address.fill("203.0.113.7");
  await context.clearCookies();
  await explain.test.click();
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await again.getByRole("textbox", { name: "Email" }).fill(signedIn.owner.email);
  await again.getByLabel("Password").fill(signedIn.owner.password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await expect(explain.answer).toContainText("Allowed");
  await expect(explain.address).toHaveValue("203.0.113.7");
});

test("the explain panel works by keyboard on a phone screen", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Warehouse sync", { whitelist: ["203.0.113.7"] });
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, keyhatch.url + keysPath);
  const explain = new ExplainPanel(page);
  await chooseFromMenu(page, actionsFor(page, "Warehouse sync"), "Test this key");
  await expect(explain.address).toBeFocused();
  await waitForHydration(page);
  await typeInto(page, explain.address, "203.0.113.8");
  await reach(page, explain.privilege);
  await page.keyboard.type("Contacts: R");
  await page.keyboard.press("Enter");
  await press(page, explain.test);
  await expect(explain.answer).toContainText("Refused: IP_NOT_ALLOWED");
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await expectFocusKeptInside(page, explain.dialog);
  await press(page, explain.edit);
  const edit = new KeyEditor(page, "Edit API key");
  await expect(edit.name).toBeFocused();
  await waitForHydration(page);
  await press(page, edit.limitsHead);
  await typeInto(page, edit.limit("Calls per minute"), "60");
  await press(page, edit.save);
  await expect(edit.dialog).toBeHidden();
  // Back in the panel.
  await expect(explain.address).toBeFocused();
  await waitForHydration(page);
  await page.keyboard.press("Escape");
  await expect(explain.dialog).toBeHidden();
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
  await expect(await openKeyPage(page, "Warehouse sync")).toContainText("60 a minute");
});

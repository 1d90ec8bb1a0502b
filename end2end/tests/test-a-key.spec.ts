// "Test this key": what the gate would answer, check by check, and the way from there to what must be changed.
import { chooseFromMenu, expectFocusKeptInside, press, reach, typeInto } from "../support/keyboard";
import { expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { Slider, Tester, actionsFor, keysPath, openEdit, openTester, rows, signIn, visit } from "../support/screen";
import { expect, test } from "../support/test";

test("a missing privilege is found, mended and gone", async ({ page, keyhatch, signedIn }) => {
  const { key } = await keyhatch.createKey(signedIn.account, "Warehouse sync", { whitelist: ["203.0.113.0/24"], privileges: ["contacts:read"] });
  await visit(page, keyhatch.url + keysPath);
  const tester = await openTester(page, "Warehouse sync");
  await expect(page).toHaveURL(/\?test=\w+$/);
  await expect(tester.address).toHaveValue("127.0.0.1");
  await expectAccessible(page);

  await tester.test.click();
  await expect(tester.answer).toContainText("Refused: IP_NOT_ALLOWED");
  await expect(tester.answer).toContainText("Edit the key and add 127.0.0.1 to its IP whitelist.");

  await tester.address.fill("203.0.113.7");
  await tester.privilege.selectOption("Orders: Write");
  await tester.test.click();
  await expect(tester.answer).toContainText("Refused: PRIVILEGE_MISSING");
  expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "orders:write" })).toBe("PRIVILEGE_MISSING");
  await expect(tester.checks).toHaveText([/Enabled passed/, /Expiry passed/, /Channel passed/, /Address passed/, /Privilege failed/]);
  await expect(tester.checks.last()).toContainText("The key lacks orders:write.");
  await expectAccessible(page);

  await tester.edit.click();
  const edit = new Slider(page, "Edit API key");
  await edit.privilege("Orders: Write").check();
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();

  // Back at the test, with the same question.
  await expect(tester.address).toHaveValue("203.0.113.7");
  await tester.test.click();
  await expect(tester.answer).toContainText("Allowed");
  await expect(tester.checks.last()).toContainText("The key has orders:write.");
  expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "orders:write" })).toBe("VALID");
  await page.keyboard.press("Escape");
  await expect(tester.dialog).toBeHidden();
  await expect(page).toHaveURL(keyhatch.url + keysPath);
  await expect(rows(page)).toContainText("Contacts: Read +1");
});

test("what is no address and no cost says so, and the limits are tested without being used", async ({ page, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 422/);
  await keyhatch.createKey(signedIn.account, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  const edit = await openEdit(page, "Warehouse sync");
  await edit.limitsHead.click();
  await edit.limit("Number of uses").fill("5");
  await edit.save.click();
  await expect(edit.dialog).toBeHidden();

  const tester = await openTester(page, "Warehouse sync");
  for (const wrong of ["203.0.113.7:80", "10.0.0.0/8", "example.com"]) {
    await tester.address.fill(wrong);
    await tester.test.click();
    await expect(tester.address).toHaveAccessibleDescription(/Write one address, such as 203\.0\.113\.7/);
    await expect(tester.address).toHaveValue(wrong);
    await expect(tester.address).toBeFocused();
    await expect(tester.answer).toBeEmpty();
  }
  await tester.address.fill("2001:db8::1");
  for (const wrong of ["-1", "1000001", "1.5", "one", ""]) {
    await tester.cost.fill(wrong);
    await tester.test.click();
    await expect(tester.cost).toHaveAccessibleDescription(/Write a whole number from 0 to 1,000,000/);
  }
  for (let n = 0; n < 2; n++) {
    await tester.cost.fill("5");
    await tester.test.click();
    await expect(tester.checks.last()).toContainText("5 left of 5 uses.");
  }
  await tester.cost.fill("6");
  await tester.test.click();
  await expect(tester.answer).toContainText("Refused: QUOTA_EXCEEDED");
  await expect(tester.answer).toContainText("raise the limit above the cost of the call");
  // An address that is not known is a question too.
  await tester.address.fill("");
  await tester.cost.fill("0");
  await tester.channel.selectOption("database");
  await tester.test.click();
  await expect(tester.answer).toContainText("Allowed");
});

test("a viewer may test and nothing else", async ({ page, keyhatch }) => {
  const { id } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync");
  const viewer = { email: "vi@acme.example", password: "correct horse battery staple" };
  await keyhatch.command(["member", "create", "--account", id, "--email", viewer.email, "--role", "viewer"], `${viewer.password}\n`);
  await signIn(page, keyhatch.url, viewer);
  await actionsFor(page, "Warehouse sync").click();
  await expect(page.getByRole("menuitem")).toHaveText(["Test this key"]);
  await page.getByRole("menuitem", { name: "Test this key" }).click();
  const tester = new Tester(page);
  await tester.privilege.selectOption("Contacts: Read");
  await tester.test.click();
  await expect(tester.answer).toContainText("Edit the key and tick contacts:read.");
  await expect(tester.edit).toHaveCount(0);
});

test("the session ends before a test: sign in again and go on", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 401/);
  await keyhatch.createKey(signedIn.account, "Warehouse sync");
  await visit(page, keyhatch.url + keysPath);
  const tester = await openTester(page, "Warehouse sync");
  await tester.address.fill("203.0.113.7");
  await context.clearCookies();
  await tester.test.click();
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await again.getByRole("textbox", { name: "Email" }).fill(signedIn.owner.email);
  await again.getByLabel("Password").fill(signedIn.owner.password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await expect(tester.answer).toContainText("Allowed");
  await expect(tester.address).toHaveValue("203.0.113.7");
});

test("by keyboard alone, and on a phone", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createKey(signedIn.account, "Warehouse sync", { whitelist: ["203.0.113.7"] });
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, keyhatch.url + keysPath);
  const tester = new Tester(page);
  await chooseFromMenu(page, actionsFor(page, "Warehouse sync"), "Test this key");
  await expect(tester.address).toBeFocused();
  await typeInto(page, tester.address, "203.0.113.8");
  await reach(page, tester.privilege);
  await page.keyboard.type("Contacts: R");
  await page.keyboard.press("Enter");
  await press(page, tester.test);
  await expect(tester.answer).toContainText("Refused: IP_NOT_ALLOWED");
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await expectFocusKeptInside(page, tester.dialog);
  await press(page, tester.edit);
  const edit = new Slider(page, "Edit API key");
  await expect(edit.name).toBeFocused();
  await press(page, edit.limitsHead);
  await typeInto(page, edit.limit("Calls per minute"), "60");
  await press(page, edit.save);
  await expect(edit.dialog).toBeHidden();
  // Back at the test.
  await expect(tester.address).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tester.dialog).toBeHidden();
  await expect(actionsFor(page, "Warehouse sync")).toBeFocused();
  await expect(rows(page)).toContainText("60 a minute");
});

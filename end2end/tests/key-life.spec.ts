// A key's lifecycle: rotate, disable, enable and delete, one key or several, by mouse and by keyboard.
import { chooseFromMenu, expectFocusKeptInside, press, reach, typeInto } from "../support/keyboard";
import { expectAccessible, expectNoWiderThanScreen, waitForHydration } from "../support/page-checks";
import { RotateDialog, RevealDialog, actionsFor, bulkActions, chooseAction, deleteDialog, filterByState, keysPath, notice, openRotateDialog, openEdit, rows, selectKey, visit } from "../support/screen";
import { addKeyOnPage, closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

const home = "203.0.113.7";

test("a rotated key's old secret works as long as was chosen", async ({ page, keyhatch, pageChecks, signedIn: _ }) => {
  // The browser logs every error response.
  pageChecks.allow(/422/);
  const old = await addKeyOnPage(page, "Shop");
  const rotate = await openRotateDialog(page, "Shop");
  await expect(rotate.overlap("24 hours")).toBeChecked();
  await expectAccessible(page);
  await rotate.cancel.click();
  await expect(rotate.dialog).toBeHidden();

  await openRotateDialog(page, "Shop");
  await rotate.confirm.click();
  const reveal = new RevealDialog(page, "API key rotated");
  await expect(reveal.key).toHaveValue(/^kh_live_/);
  await expect(reveal.dialog).toContainText("The old key works until");
  await expectAccessible(page);
  const changed = await reveal.key.inputValue();
  expect(changed).not.toBe(old);
  await closeReveal(page, reveal);
  await expect(actionsFor(page, "Shop")).toBeFocused();
  await expect(rows(page)).toContainText(changed.slice(-5));
  await expect(rows(page)).toContainText("Old key works until");
  await expectNoWiderThanScreen(page);
  expect([await keyhatch.verify(old, home), await keyhatch.verify(changed, home)]).toEqual(["VALID", "VALID"]);
  await expectAccessible(page);
  await page.reload();
  await waitForHydration(page);
  await expect(rows(page)).toContainText("Old key works until");

  await chooseAction(page, "Shop", "End old key now");
  const end = page.getByRole("dialog", { name: "End old API key" });
  await expectAccessible(page);
  await end.getByRole("button", { name: "End old key now" }).click();
  await expect(end).toBeHidden();
  await expect(rows(page)).not.toContainText("Old key");
  expect([await keyhatch.verify(old, home), await keyhatch.verify(changed, home)]).toEqual(["NOT_FOUND", "VALID"]);

  // A date that has passed, then no overlap.
  await openRotateDialog(page, "Shop");
  await rotate.overlap("Until a date…").check();
  await rotate.dialog.getByLabel("Until (UTC)").fill("2001-01-01T00:00");
  await rotate.confirm.click();
  await expect(rotate.dialog.getByText("This moment has passed.")).toBeVisible();
  await expectAccessible(page);
  await rotate.overlap(/^Not at all/).check();
  await rotate.confirm.click();
  await expect(reveal.dialog).toContainText("The old key no longer works.");
  const last = await reveal.key.inputValue();
  await closeReveal(page, reveal);
  expect([await keyhatch.verify(changed, home), await keyhatch.verify(last, home)]).toEqual(["NOT_FOUND", "VALID"]);
});

test("a key is disabled at once and enabled again", async ({ page, keyhatch, signedIn }) => {
  const { key, id } = await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  await chooseAction(page, "Shop", "Disable Key");
  await expect(rows(page).getByText("Disabled", { exact: true })).toBeVisible();
  await expect(notice(page, "Disabled Shop.")).toBeVisible();
  expect(await keyhatch.verify(key, home)).toBe("DISABLED");
  await expectAccessible(page);
  await filterByState(page, "Disabled");
  await expect(page).toHaveURL(/\?state=disabled$/);
  await expect(rows(page)).toHaveCount(1);
  await chooseAction(page, "Shop", "Enable Key");
  await expect(page.getByText("No keys match these filters.")).toBeVisible();
  expect(await keyhatch.verify(key, home)).toBe("VALID");
  // Opened by URL, as from the key's page, it asks for confirmation.
  await visit(page, `${keyhatch.url}${keysPath}?disable=${id}`);
  await page.getByRole("dialog", { name: "Disable API key" }).getByRole("button", { name: "Disable Key" }).click();
  await expect(rows(page).getByText("Disabled", { exact: true })).toBeVisible();
  expect(await keyhatch.verify(key, home)).toBe("DISABLED");
});

test("a deleted key is listed separately, with its reason", async ({ page, keyhatch, signedIn }) => {
  const { id } = await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  await chooseAction(page, "Shop", "Delete Key");
  const reason = deleteDialog(page).getByRole("textbox", { name: "Reason" });
  await reason.fill("Found in a public repository");
  await expectAccessible(page);
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(deleteDialog(page)).toBeHidden();
  await visit(page, `${keyhatch.url}${keysPath}?state=deleted`);
  await expect(rows(page)).toContainText("Found in a public repository");
  await expect(rows(page).getByRole("checkbox")).toHaveCount(0);
  await expect(actionsFor(page, "Shop")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Shop" }).click();
  await expect(page).toHaveURL(new RegExp(`${keysPath}/${id}$`));
  await expect(page.getByRole("heading", { name: "Shop", level: 1 })).toBeVisible();
  await expect(page.getByText(`${signedIn.owner.email} deleted this key: Found in a public repository`)).toBeVisible();
});

test("several keys are disabled, enabled and deleted at once", async ({ page, keyhatch, signedIn }) => {
  const keys: string[] = [];
  for (let n = 1; n <= 5; n++) keys.push((await keyhatch.createKey(signedIn.id, `Program ${n}`)).key);
  const codes = () => Promise.all(keys.map((key) => keyhatch.verify(key, home)));
  await visit(page, keyhatch.url + keysPath);
  await expect(bulkActions(page)).toBeHidden();
  await selectKey(page, "Program 2").check();
  await selectKey(page, "Program 4").check();
  await expect(bulkActions(page)).toContainText("2 selected");
  await expectAccessible(page);
  await bulkActions(page).getByRole("button", { name: "Disable" }).click();
  const disable = page.getByRole("dialog", { name: "Disable API key" });
  await expect(disable).toContainText("2 keys (Program 4, Program 2)");
  await expectAccessible(page);
  await disable.getByRole("button", { name: "Disable Key" }).click();
  await expect(disable).toBeHidden();
  await expect(notice(page, "Disabled 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(["VALID", "DISABLED", "VALID", "DISABLED", "VALID"]);

  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bulkActions(page)).toContainText("5 selected");
  await bulkActions(page).getByRole("button", { name: "Enable" }).click();
  await page.getByRole("dialog", { name: "Enable API key" }).getByRole("button", { name: "Enable Key" }).click();
  await expect(notice(page, "Enabled 2 keys.")).toBeVisible();
  expect(await codes()).toEqual(Array(5).fill("VALID"));
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await selectKey(page, "Program 1").uncheck();
  await bulkActions(page).getByRole("button", { name: "Delete" }).click();
  await expect(deleteDialog(page)).toContainText("4 keys (Program 5, Program 4, Program 3 and 1 more)");
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(bulkActions(page)).toBeHidden();
  expect(await codes()).toEqual(["VALID", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
});

test("saving a key that was updated meanwhile shows an edit conflict", async ({ page, context, keyhatch, pageChecks, signedIn }) => {
  await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  // The browser logs every error response.
  pageChecks.allow(/409/);
  const mine = await openEdit(page, "Shop");
  const other = await context.newPage();
  await visit(other, keyhatch.url + keysPath);
  const theirs = await openEdit(other, "Shop");
  await theirs.name.fill("Web shop");
  await theirs.whitelist.fill("203.0.113.7");
  await theirs.save.click();
  await expect(theirs.dialog).toBeHidden();
  await other.close();

  await mine.name.fill("Store");
  await mine.save.click();
  const told = mine.dialog.getByRole("alert").filter({ hasText: `${signedIn.owner.email} changed this key just now, and so did you.` });
  await expect(told).toContainText("Name: saved as Web shop, you entered Store.");
  // Only they changed the whitelist, so nothing is asked about it.
  await expect(told).not.toContainText("IP whitelist");
  await expectAccessible(page);
  await told.getByRole("button", { name: "Use mine" }).click();
  await expect(mine.dialog).toBeHidden();
  await expect(rows(page)).toContainText("Store");
  await expect(rows(page)).toContainText("203.0.113.7");
});

test("the key lifecycle works by keyboard alone", async ({ page, keyhatch, signedIn }) => {
  const { key } = await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  await chooseFromMenu(page, actionsFor(page, "Shop"), "Rotate Key");
  const rotate = new RotateDialog(page);
  await expect(rotate.dialog).toBeVisible();
  await waitForHydration(page);
  await expectFocusKeptInside(page, rotate.dialog);
  await page.keyboard.press("Escape");
  await expect(rotate.dialog).toBeHidden();
  await expect(actionsFor(page, "Shop")).toBeFocused();
  await chooseFromMenu(page, actionsFor(page, "Shop"), "Rotate Key");
  await reach(page, rotate.overlap("24 hours"));
  await page.keyboard.press("ArrowUp");
  await expect(rotate.overlap("1 hour")).toBeChecked();
  await press(page, rotate.confirm);
  const reveal = new RevealDialog(page, "API key rotated");
  await press(page, reveal.dialog.getByRole("checkbox"), " ");
  await press(page, reveal.done);
  await expect(actionsFor(page, "Shop")).toBeFocused();
  await chooseFromMenu(page, actionsFor(page, "Shop"), "Disable Key");
  await expect(rows(page).getByText("Disabled", { exact: true })).toBeVisible();
  await expect(actionsFor(page, "Shop")).toBeFocused();
  expect(await keyhatch.verify(key, home)).toBe("DISABLED");
  await press(page, selectKey(page, "Shop"), " ");
  await press(page, bulkActions(page).getByRole("button", { name: "Delete" }));
  await typeInto(page, deleteDialog(page).getByRole("textbox", { name: "Reason" }), "Not used");
  await press(page, deleteDialog(page).getByRole("button", { name: "Delete Key" }));
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
});

test("the key details page shows state, uses and history", async ({ page, keyhatch, signedIn }) => {
  const old = await addKeyOnPage(page, "Shop", "203.0.113.0/24");
  await openRotateDialog(page, "Shop");
  await new RotateDialog(page).confirm.click();
  await closeReveal(page, new RevealDialog(page, "API key rotated"));
  await keyhatch.verify(old, "203.0.113.9");
  await page.getByRole("link", { name: "Shop" }).click();
  await waitForHydration(page);
  await expect(page.getByRole("heading", { name: "Shop", level: 1 })).toBeVisible();
  await expect(page.getByText("203.0.113.0/24").first()).toBeVisible();
  await expect(page.getByText("203.0.113.9, last just now")).toBeVisible();
  await expect(page.getByText(`${signedIn.owner.email} created this key as “Shop”.`)).toBeVisible();
  await expect(page.getByText("rotated this key; the old key works until")).toBeVisible();
  await expect(page.getByLabel("Example in curl", { exact: true })).toBeVisible();
  await page.getByText("Python", { exact: true }).click();
  await expect(page.getByLabel("Example in Python", { exact: true })).toContainText("KEYHATCH_KEY");
  await expectAccessible(page);
  await page.getByRole("link", { name: "End old key now" }).click();
  await waitForHydration(page);
  await page.getByRole("dialog", { name: "End old API key" }).getByRole("button", { name: "End old key now" }).click();
  await expect(rows(page)).not.toContainText("Old key");
  expect(await keyhatch.verify(old, "203.0.113.9")).toBe("NOT_FOUND");
});

test("key actions fit a phone screen", async ({ page, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/422/);
  await page.setViewportSize({ width: 390, height: 844 });
  const { id } = await keyhatch.createKey(signedIn.id, "Warehouse synchronisation", { whitelist: ["2001:db8:aaaa:bbbb:cccc:dddd:eeee:1-2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"] });
  await keyhatch.createKey(signedIn.id, "Shop");
  await visit(page, keyhatch.url + keysPath);
  // The check boxes appear on demand.
  await expect(selectKey(page, "Shop")).toBeHidden();
  await page.getByText("Select", { exact: true }).click();
  await selectKey(page, "Shop").check();
  await expect(bulkActions(page)).toContainText("1 selected");
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await openRotateDialog(page, "Shop");
  await new RotateDialog(page).overlap("Until a date…").check();
  await expectNoWiderThanScreen(page);
  await new RotateDialog(page).confirm.click();
  await new RotateDialog(page).overlap("7 days").check();
  await new RotateDialog(page).confirm.click();
  await closeReveal(page, new RevealDialog(page, "API key rotated"));
  await expectNoWiderThanScreen(page);
  await visit(page, `${keyhatch.url}${keysPath}/${id}`);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
});

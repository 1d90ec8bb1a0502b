// Phone width: no page is wider than the screen, and axe finds nothing there either.
import { Page } from "@playwright/test";
import { expectAccessible, expectNoWiderThanScreen, waitForHydration } from "../support/page-checks";
import { RevealDialog, actionsFor, chooseAction, deleteDialog, fillSignIn, keysPath, openAdd, rows, searchFor, visit } from "../support/screen";
import { expect, testWithOwnServer as test } from "../support/test";

test.use({ viewport: { width: 390, height: 844 } });

test("every page and dialog fits a phone screen", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 4\d\d/);
  const check = async () => {
    await expectNoWiderThanScreen(page);
    await expectAccessible(page);
  };
  const longEmail = `${"a-very-long-name-of-a-person-".repeat(2)}@department.acme.example`;

  await page.goto(await keyhatch.setupLink());
  await check();
  const { id, owner } = await keyhatch.createAccount({ email: longEmail });
  await page.goto(await keyhatch.setupLink());
  await expect(page.getByRole("heading", { name: "Set-up is closed" })).toBeVisible();
  await check();
  await page.goto(`${keyhatch.url}/nothing`);
  await check();
  await page.goto(`${keyhatch.url}/sign-in`);
  await check();
  await fillSignIn(page, { ...owner, password: "not the password at all" });
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await check();
  await fillSignIn(page, owner);
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await waitForHydration(page);
  await check();
  await page.getByRole("button", { name: owner.email }).click();
  await check();
  await page.keyboard.press("Escape");

  const wide = "W".repeat(32);
  await keyhatch.createKey(id, wide, { whitelist: ["2001:db8:1111:2222:3333:4444:5555:6666-2001:db8:1111:2222:3333:4444:5555:7777"], privileges: ["contacts:read", "orders:write"] });
  await keyhatch.createKey(id, "Łódź مفتاح 鍵");
  await visit(page, keyhatch.url + keysPath);
  for (const width of [1280, 1024, 800, 761, 760, 600, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectNoWiderThanScreen(page);
  }
  await check();
  await actionsFor(page, wide).click();
  await expect(page.getByRole("menuitem", { name: "Edit Key" })).toBeVisible();
  await check();
  await page.keyboard.press("Escape");
  await searchFor(page, "x".repeat(100));
  await expect(page.getByText("No keys match")).toBeVisible();
  await check();
  await visit(page, keyhatch.url + keysPath);

  const editor = await openAdd(page);
  await check();
  await editor.name.fill("x".repeat(60));
  await editor.whitelist.fill(`${"y".repeat(90)}\n10.4.1.0/22\n2001:db8:1111:2222:3333:4444:5555:6666\n203.0.113.7\n203.0.113.7`);
  await editor.save.click();
  await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  await check();
  await editor.name.fill("w".repeat(32));
  await editor.whitelist.fill("");
  await editor.save.click();
  const reveal = new RevealDialog(page);
  await expect(reveal.key).toBeVisible();
  await check();
  // The whole key is visible, wrapped to as many lines as needed.
  expect(await reveal.key.evaluate((field) => [field.scrollHeight <= field.clientHeight + 1, field.scrollWidth <= field.clientWidth + 1])).toEqual([true, true]);
  await reveal.dialog.getByRole("checkbox").check();
  await reveal.done.click();
  await chooseAction(page, wide, "Delete Key");
  await expect(deleteDialog(page)).toBeVisible();
  await check();
});

test("the list is made for thumbs: keys come first, targets are large, filters are one sheet", async ({ page, keyhatch, signedIn }) => {
  for (const name of ["Shop", "Billing", "Newsletter"]) await keyhatch.createKey(signedIn.id, name);
  await keyhatch.createKey(signedIn.id, "Staging", { environment: "sandbox" });
  await visit(page, keyhatch.url + keysPath);
  expect((await rows(page).first().boundingBox())?.y).toBeLessThan(300);
  const tabs = await page.getByRole("navigation", { name: "Settings" }).boundingBox();
  expect(tabs?.height).toBeLessThan(80);
  await expectLargeTargets(page, "button, a.button, [role=menuitem], .sheet label");

  await page.getByRole("button", { name: "Filters" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await expect(sheet).toBeVisible();
  await expectLargeTargets(page, "button, a.button, .sheet label");
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await sheet.getByRole("radio", { name: "Sandbox" }).check();
  await sheet.getByRole("button", { name: "Show keys" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/environment=sandbox/);
  await page.getByRole("button", { name: /^Filters/ }).click();
  await expect(sheet.getByRole("radio", { name: "Sandbox" })).toBeChecked();
  await sheet.getByRole("link", { name: "Clear" }).click();
  await expect(rows(page)).toHaveCount(4);

  await actionsFor(page, "Shop").click();
  await expectLargeTargets(page, "[role=menuitem]");
  await page.keyboard.press("Escape");
  const editor = await openAdd(page);
  await expectLargeTargets(page, "dialog button:not(.hidden, .link), dialog a.button, dialog label:has(> input)");
  await editor.limitsHead.click();
  // A smaller font makes a phone zoom in.
  const small = await page.locator("input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select").evaluateAll((fields) =>
    fields.filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML.slice(0, 100)),
  );
  expect(small, "fields below 16 pixels").toEqual([]);
});

/** Everything visible that `selector` finds is at least 44 pixels high and wide. */
async function expectLargeTargets(page: Page, selector: string): Promise<void> {
  const small = await page.locator(selector).evaluateAll((targets) =>
    targets
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest("[inert]"))
      .map((target) => ({ box: target.getBoundingClientRect(), html: target.outerHTML.slice(0, 120) }))
      .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
      .map(({ box, html }) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`),
  );
  expect(small, "targets below 44 pixels").toEqual([]);
}

// The page before its wasm has arrived, or where it never does: read by people on slow lines.
import { Slider, addKey, fillSignIn, heading, keysPath, rows } from "../support/screen";
import { expect, test } from "../support/test";

test.beforeEach(async ({ page, pageChecks }) => {
  await page.route(/\.wasm(\?.*)?$/, (route) => route.abort());
  pageChecks.allow(/\.wasm/, /ERR_FAILED/, /Failed to fetch/);
});

test("the list is readable and Add Key opens the slider by navigation", async ({ page, keyhatch }) => {
  const { id, owner } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync", { whitelist: ["203.0.113.7"], privileges: ["contacts:read"] });
  const { key } = await keyhatch.createKey(id, "Nightly report");
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, owner);
  await expect(page.getByRole("button", { name: owner.email })).toBeVisible();
  await page.goto(keyhatch.url + keysPath);
  await expect(heading(page)).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(0)).toContainText("Nightly report");
  await expect(rows(page).nth(0)).toContainText(`kh_live_…${key.slice(-5)}`);
  await expect(rows(page).nth(1)).toContainText("203.0.113.7");

  await addKey(page).click();
  await expect(page).toHaveURL(/[?&]add\b/);
  const slider = new Slider(page, "Add API key");
  await expect(slider.name).toBeVisible();
  await expect(slider.whitelist).toBeVisible();
  await expect(slider.privilege("Contacts: Read")).toBeVisible();

  await page.goBack();
  await expect(slider.dialog).toBeHidden();
  await expect(rows(page)).toHaveCount(2);
});

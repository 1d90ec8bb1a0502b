// Script-injection strings in every field that a person can type into, and in everything that is shown again later:
// more than 500 in all. That none ran, and that the Content-Security-Policy had nothing to report, the page checks see.
import { Page } from "@playwright/test";
import { injections, shortCount } from "../support/injections";
import { waitForHydration } from "../support/page-checks";
import { chooseAction, deleteDialog, keysPath, openAdd, openEdit, rows, visit } from "../support/screen";
import { resumeSession } from "../support/steps";
import { expect, test, testWithOwnServer } from "../support/test";

test("control: a script that does run is noticed, and so is one that the policy stops", async ({ page, keyhatch, pageChecks }) => {
  await page.setContent(`<img src="data:," onerror="injectedScriptRan('here')">`);
  await expect.poll(() => pageChecks.drain().join()).toContain("an injected script ran: here");
  await page.goto(`${keyhatch.url}/sign-in`);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="injectedScriptRan('there')">`));
  await expect.poll(() => pageChecks.drain().join()).toContain("CSP report: script-src-attr");
});

testWithOwnServer("in set-up and in the search box", async ({ page, keyhatch }) => {
  await visit(page, await keyhatch.setupLink());
  const create = page.getByRole("button", { name: "Create account" });
  for (const text of injections) {
    await page.getByRole("textbox", { name: "Account name" }).fill(text);
    await page.getByRole("textbox", { name: "Email" }).fill(text);
    await page.getByLabel("Password").fill(text.slice(0, 11));
    await create.click();
    await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  }
  const { id, owner } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync");
  await resumeSession(page, keyhatch.url, owner);
  for (const text of injections) {
    await page.getByRole("searchbox").fill(text);
    // `waitFor` looks at every frame; `expect` would look again after 100 and 350 ms, 100 times.
    await page.getByText(`No key has “${text.slice(0, 100)}”`).waitFor();
  }
});

test("typed into the form: name, whitelist and the messages about them", async ({ page, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
  expect(injections).toHaveLength(100);
  const editor = await openAdd(page);
  for (const text of injections) {
    await editor.name.fill(text);
    await editor.whitelist.fill(`${text}\n203.0.113.7`);
    await expect(editor.whitelist).toHaveValue(`${text}\n203.0.113.7`);
  }
  // Refused by the server too: what comes back stands in the form again.
  for (const text of injections.slice(shortCount)) {
    await editor.name.fill(text);
    await editor.whitelist.fill(text);
    await editor.save.click();
    await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  }
});

test("as the name of a key: list, search, edit and delete", async ({ page, keyhatch, signedIn }) => {
  test.setTimeout(180_000);
  const names = injections.slice(0, shortCount);
  for (const name of names) await keyhatch.createKey(signedIn.id, name);
  await page.goto(keyhatch.url + keysPath);
  await waitForHydration(page);
  await expect(rows(page)).toHaveCount(names.length);
  for (const name of names) await expect(page.getByRole("rowheader", { name, exact: true })).toBeVisible();
  for (const name of names) {
    const edit = await openEdit(page, name);
    await edit.cancel.click();
    await edit.dialog.waitFor({ state: "hidden" });
    await chooseAction(page, name, "Delete Key");
    const confirm = deleteDialog(page);
    await expect(confirm).toContainText(name);
    await confirm.getByRole("button", { name: "Cancel" }).click();
    await confirm.waitFor({ state: "hidden" });
  }
});

test("in the address: search, and what is open", async ({ page, keyhatch, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
  for (const text of injections) {
    await page.goto(`${keyhatch.url}${keysPath}?${new URLSearchParams({ q: text, search: text, edit: text })}`);
    await expect(page.locator("body")).toBeVisible();
  }
});

testWithOwnServer("in sign-in", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
  await keyhatch.createAccount();
  await visit(page, `${keyhatch.url}/sign-in`);
  for (const text of injections) {
    await typeCredentials(page, text);
    await Promise.all([page.waitForResponse(/sign-in/), page.getByRole("button", { name: "Sign in" }).click()]);
    await expect(page.getByRole("alert")).toBeVisible();
  }
});

testWithOwnServer("in sign-in before the wasm has arrived, posted as a plain form", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/\.wasm/, /ERR_FAILED/, /Failed to fetch/, /status of 4\d\d/);
  test.setTimeout(180_000);
  await page.route(/\.wasm(\?.*)?$/, (route) => route.abort());
  await page.goto(`${keyhatch.url}/sign-in`);
  for (const text of injections) {
    await typeCredentials(page, text);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Sign in" }).click()]);
    await expect(page.getByRole("alert")).toBeVisible();
  }
});

async function typeCredentials(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(text);
  await page.getByLabel("Password").fill(text);
  // What the browser itself would refuse must be harmless as well.
  await page.locator("form").evaluate((form: HTMLFormElement) => (form.noValidate = true));
}

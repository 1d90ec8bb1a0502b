// Script-injection strings in every input field and everywhere input is displayed: more than 500 in all. The page checks
// fail the test if a script runs or the Content-Security-Policy reports a violation.
import { Page } from "@playwright/test";
import { injections, shortCount } from "../support/injections";
import { waitForHydration } from "../support/page-checks";
import { chooseAction, deleteDialog, keysPath, openAdd, openEdit, rows, searchFor } from "../support/screen";
import { resumeSession } from "../support/steps";
import { expect, test, testWithOwnServer } from "../support/test";

test("control: the page checks notice a script that runs and one that the CSP blocks", async ({ page, keyhatch, pageChecks }) => {
  await page.setContent(`<img src="data:," onerror="injectedScriptRan('here')">`);
  await expect.poll(() => pageChecks.drain().join()).toContain("an injected script ran: here");
  await page.goto(`${keyhatch.url}/sign-in`);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="injectedScriptRan('there')">`));
  await expect.poll(() => pageChecks.drain().join()).toContain("CSP report: script-src-attr");
});

testWithOwnServer("script injection in set-up and in the search is inert", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 422/);
  test.setTimeout(180_000);
  await page.goto(await keyhatch.setupLink());
  const create = page.getByRole("button", { name: "Create account" });
  for (const text of injections) {
    await page.getByRole("textbox", { name: "Account name" }).fill(text);
    await page.getByRole("textbox", { name: "Email" }).fill(text);
    await page.getByLabel("Password").fill(text.slice(0, 11));
    await Promise.all([page.waitForEvent("load"), create.click()]);
    await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  }
  const { id, owner } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Warehouse sync");
  await resumeSession(page, keyhatch.url, owner);
  for (const text of injections) {
    await searchFor(page, text);
    // `waitFor` looks at every frame; `expect` would look again after 100 and 350 ms, 100 times.
    await page.getByText(`No keys match "${text.slice(0, 100)}"`).waitFor();
  }
});

test("script injection in the key form and its messages is inert", async ({ page, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
  expect(injections).toHaveLength(100);
  const editor = await openAdd(page);
  for (const text of injections) {
    await editor.name.fill(text);
    await editor.whitelist.fill(`${text}\n203.0.113.7`);
    await expect(editor.whitelist).toHaveValue(`${text}\n203.0.113.7`);
  }
  // The server refuses these as well, and the form shows the rejected input.
  for (const text of injections.slice(shortCount)) {
    await editor.name.fill(text);
    await editor.whitelist.fill(text);
    await editor.save.click();
    await expect(editor.name).toHaveAttribute("aria-invalid", "true");
  }
});

test("script injection in key names is inert in list, search, editor and dialogs", async ({ page, keyhatch, signedIn }) => {
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

test("script injection in the URL is inert", async ({ page, keyhatch, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
  for (const text of injections) {
    await page.goto(`${keyhatch.url}${keysPath}?${new URLSearchParams({ q: text, search: text, edit: text })}`);
    await expect(page.locator("body")).toBeVisible();
  }
});

testWithOwnServer("script injection in sign-in is inert", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 4\d\d/);
  test.setTimeout(180_000);
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
  // Disables browser validation, so that every string reaches the server.
  await page.locator("form").evaluate((form: HTMLFormElement) => (form.noValidate = true));
}

// Sub-accounts: created, opened, renamed and deleted by the managers of the parent account, which the sub-account cannot
// see. The pages need no wasm.
import { Page } from "@playwright/test";
import { uniqueEmail } from "../support/keyhatch";
import { press, reach, typeInto } from "../support/keyboard";
import { expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { addKey, keysHeading, keysPath, openAdd, rows, visit } from "../support/screen";
import { closeReveal, resumeSession } from "../support/steps";
import { expect, test } from "../support/test";

const path = "/settings/sub-accounts";

const row = (page: Page, name: string) => page.getByRole("table", { name: "Sub-accounts" }).getByRole("row").filter({ hasText: name });

async function add(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Add sub-account" }).click();
  await expect(row(page, name)).toBeVisible();
}

test("a sub-account is created, opened, used, renamed and deleted", async ({ page, keyhatch, signedIn, pageChecks }) => {
  await page.goto(keyhatch.url + path);
  await expect(page.getByRole("link", { name: "Sub-accounts" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("No sub-accounts yet.")).toBeVisible();
  await expectAccessible(page);

  await test.step("a missing name gets a message", async () => {
    pageChecks.allow(/status of 422/);
    await page.getByRole("button", { name: "Add sub-account" }).click();
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Enter a name/);
    await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  });

  await add(page, "North branch");
  await add(page, "South branch");
  await expect(row(page, "North branch")).toContainText("0 keys");

  let key = "";
  await test.step("open: the parent's keys are not shown", async () => {
    await keyhatch.createKey(signedIn.id, "Head office");
    await page.getByRole("button", { name: "Open North branch" }).click();
    await expect(page.getByText(`This is a sub-account of ${signedIn.name}.`)).toBeVisible();
    await expect(page.getByText("No keys yet")).toBeVisible();
    await expectAccessible(page);
    await visit(page, keyhatch.url + keysPath);
    const editor = await openAdd(page);
    await editor.name.fill("Till");
    await editor.save.click();
    key = await page.getByRole("dialog", { name: "API key created" }).getByRole("textbox", { name: "API key" }).inputValue();
    await closeReveal(page);
    await expect(rows(page)).toHaveCount(1);
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("VALID");
  });

  await test.step("a tab that shows another account changes nothing", async () => {
    pageChecks.allow(/status of 409/);
    const old = await page.context().newPage();
    await visit(old, keyhatch.url + keysPath);
    const editor = await openAdd(old);
    await editor.name.fill("Into which account?");
    await page.getByRole("button", { name: `Back to ${signedIn.name}` }).click();
    await expect(keysHeading(page)).toBeVisible();
    await expect(rows(page)).toContainText("Head office");
    await editor.save.click();
    await expect(editor.dialog.getByRole("alert")).toContainText("Another account has been opened in this browser");
    await expect(editor.name).toHaveValue("Into which account?");
    pageChecks.acceptsLeaving = true;
    await old.close();
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
  });

  await test.step("rename", async () => {
    await page.goto(keyhatch.url + path);
    await expect(row(page, "North branch")).toContainText("1 key");
    await page.getByRole("link", { name: "Rename North branch" }).click();
    const dialog = page.getByRole("dialog", { name: "Rename sub-account" });
    await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("North branch");
    await expectAccessible(page);
    await dialog.getByRole("textbox", { name: "Name" }).fill("Northern branch");
    await dialog.getByRole("button", { name: "Rename" }).click();
    await expect(row(page, "Northern branch")).toBeVisible();
  });

  await test.step("delete, which asks first and deletes its keys", async () => {
    await page.getByRole("link", { name: "Delete Northern branch" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete sub-account" });
    await expect(dialog).toContainText("Its key is deleted, and requests with it will fail immediately.");
    await expectAccessible(page);
    await dialog.getByRole("link", { name: "Cancel" }).click();
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("VALID");
    await page.getByRole("link", { name: "Delete Northern branch" }).click();
    await dialog.getByRole("button", { name: "Delete sub-account" }).click();
    await expect(page.getByRole("status").filter({ hasText: "was deleted" })).toBeVisible();
    await expect(row(page, "Northern branch")).toHaveCount(0);
    expect(await keyhatch.verify(key, "203.0.113.7")).toBe("NOT_FOUND");
  });
});

test("a sub-account sees nothing of its parent", async ({ page, keyhatch }) => {
  const { id } = await keyhatch.createAccount();
  await keyhatch.createKey(id, "Head office");
  const below = await keyhatch.createAccount({ name: "North branch", email: uniqueEmail("ned", "north.example"), parent: id });
  await resumeSession(page, keyhatch.url, below.owner);
  await expect(page.getByText("No keys yet")).toBeVisible();
  await expect(addKey(page)).toBeVisible();
  for (const place of [keysPath, path, "/settings/members", "/settings/activity"]) {
    await page.goto(keyhatch.url + place);
    expect(await page.content()).not.toMatch(/Head office|Acme Mail|@acme\.example/);
  }
  await page.goto(keyhatch.url + path);
  await expect(page.getByText("There are no sub-accounts below this one, and none can be created here.")).toBeVisible();
});

test("sub-accounts work by keyboard on a phone screen", async ({ page, keyhatch, signedIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(signedIn.id).toBeTruthy();
  await page.goto(keyhatch.url + path);
  await typeInto(page, page.getByRole("textbox", { name: "Name" }), "North branch");
  await page.keyboard.press("Enter");
  await expect(row(page, "North branch")).toBeVisible();
  await expectNoWiderThanScreen(page);
  await press(page, page.getByRole("link", { name: "Delete North branch" }));
  const dialog = page.getByRole("dialog", { name: "Delete sub-account" });
  await expect(dialog).toBeVisible();
  await expectNoWiderThanScreen(page);
  await reach(page, dialog.getByRole("button", { name: "Delete sub-account" }));
  await press(page, dialog.getByRole("link", { name: "Cancel" }));
  await press(page, page.getByRole("button", { name: "Open North branch" }));
  await expect(page.getByText(`This is a sub-account of ${signedIn.name}.`)).toBeVisible();
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await press(page, page.getByRole("button", { name: `Back to ${signedIn.name}` }));
  await expect(page.getByText("This is a sub-account of")).toHaveCount(0);
});

test("the account switcher opens sub-accounts", async ({ page, keyhatch, signedIn }) => {
  const accounts = page.getByRole("group", { name: "Accounts" });
  const opener = (name: string) => page.getByRole("button", { name: `Account: ${name}` });
  await page.goto(keyhatch.url + path);
  await expect(opener(signedIn.name)).toHaveCount(0);
  for (const name of ["North branch", "South branch"]) await add(page, name);
  await keyhatch.createKey(signedIn.id, "Head office");

  await test.step("from any page to a sub-account and on to a sibling", async () => {
    await page.goto(keyhatch.url + "/settings/members");
    await opener(signedIn.name).click();
    await expect(accounts.getByRole("button")).toHaveText([signedIn.name, "South branch", "North branch"]);
    await expect(accounts.getByRole("button", { name: signedIn.name })).toHaveAttribute("aria-current", "true");
    await expectAccessible(page);
    await accounts.getByRole("button", { name: "North branch" }).click();
    await expect(page.getByText("No keys yet")).toBeVisible();
    await opener("North branch").click();
    await expect(accounts.getByRole("button", { name: "North branch" })).toHaveAttribute("aria-current", "true");
    await accounts.getByRole("button", { name: "South branch" }).click();
    await expect(opener("South branch")).toBeVisible();
  });

  await test.step("and back, by keyboard on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(page, keyhatch.url + keysPath);
    await press(page, opener("South branch"));
    await expect(accounts).toBeVisible();
    await expectNoWiderThanScreen(page);
    await page.keyboard.press("Escape");
    await expect(accounts).toBeHidden();
    await press(page, opener("South branch"));
    await press(page, accounts.getByRole("button", { name: signedIn.name }));
    await expect(rows(page)).toContainText("Head office");
    await expectAccessible(page);
  });
});

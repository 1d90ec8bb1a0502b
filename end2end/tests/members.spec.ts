// Members of an account: invited by link, joining in another browser, updated and deleted while signed in. The pages need
// no wasm.
import { Page } from "@playwright/test";
import { press, reach, typeInto } from "../support/keyboard";
import { uniqueEmail } from "../support/keyhatch";
import { PageChecks, expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { addKey, signIn } from "../support/screen";
import { expect, test } from "../support/test";

const path = "/settings/members";

const member = (page: Page, email: string) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: email });

async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("combobox", { name: "Role", exact: true }).selectOption(role);
  await page.getByRole("button", { name: "Invite" }).click();
  return page.getByRole("textbox", { name: "Invitation link" }).inputValue();
}

test("a member is invited, joins, is updated and is deleted while signed in", async ({ page, browser, keyhatch, signedIn, pageChecks }) => {
  const { owner } = signedIn;
  const ada = { email: uniqueEmail("ada"), password: "a password of some words" };
  const context = await browser.newContext();
  const checks = await PageChecks.watch(context);
  const other = await context.newPage();
  await page.goto(keyhatch.url + path);
  await expect(page.getByRole("link", { name: "Members" })).toHaveAttribute("aria-current", "page");

  await test.step("an invalid email gets a message and is kept", async () => {
    pageChecks.allow(/status of 422/);
    await page.getByRole("textbox", { name: "Email" }).fill("ada at acme");
    await page.getByRole("combobox", { name: "Role", exact: true }).selectOption("Admin");
    await page.getByRole("button", { name: "Invite" }).click();
    const box = page.getByRole("textbox", { name: "Email" });
    await expect(box).toHaveAccessibleDescription(/This is not an email address\./);
    await expect(box).toHaveValue("ada at acme");
    await expect(box).toBeFocused();
    await expect(page.getByRole("combobox", { name: "Role", exact: true })).toHaveValue("admin");
  });

  const link = await invite(page, ada.email, "Admin");
  await expect(page.getByRole("table", { name: "Invited" })).toContainText(ada.email);
  await expectAccessible(page);
  await page.goto(keyhatch.url + path);
  await expect(page.getByRole("textbox", { name: "Invitation link" })).toHaveCount(0);

  await test.step("join in another browser", async () => {
    await other.goto(link);
    await expect(other.getByRole("textbox", { name: "Email" })).toHaveValue(ada.email);
    await expectAccessible(other);
    await other.getByLabel("Password").fill(ada.password);
    await other.getByRole("button", { name: "Join" }).click();
    await expect(other.getByRole("button", { name: ada.email })).toBeVisible();
    await expect(addKey(other)).toBeVisible();
  });

  await test.step("an invitation link works once", async () => {
    checks.allow(/status of 403/);
    await other.goto(link);
    await expect(other.getByText("This invitation has been used.")).toBeVisible();
  });

  await test.step("a new role applies from the next request", async () => {
    await page.reload();
    await member(page, ada.email).getByRole("combobox").selectOption("Viewer");
    await page.getByRole("button", { name: `Change the role of ${ada.email}` }).click();
    const dialog = page.getByRole("dialog", { name: "Change role" });
    await expect(dialog).toContainText(`Make ${ada.email} a viewer?`);
    await expect(dialog.getByRole("region", { name: "A viewer cannot" })).toContainText("create or change keys");
    await expect(dialog.getByRole("link", { name: "Cancel" })).toBeFocused();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Change role" }).click();
    await expect(page.getByRole("status").filter({ hasText: "The role was changed." })).toBeVisible();
    await other.goto(`${keyhatch.url}/settings/api-keys`);
    await expect(other.getByRole("heading", { name: "API Keys", level: 1 })).toBeVisible();
    await expect(addKey(other)).toHaveCount(0);
    await other.goto(keyhatch.url + path);
    await expect(member(other, owner.email)).toBeVisible();
    await expect(other.getByRole("button", { name: "Invite" })).toHaveCount(0);
    await expect(other.getByRole("link", { name: /^Delete/ })).toHaveCount(0);
  });

  await test.step("deleted while signed in", async () => {
    await page.getByRole("link", { name: `Delete ${ada.email}` }).click();
    const dialog = page.getByRole("dialog", { name: "Delete member" });
    await expect(dialog).toContainText(ada.email);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Delete member" }).click();
    await expect(page.getByText("The member was deleted and signed out everywhere.")).toBeVisible();
    await expect(member(page, ada.email)).toHaveCount(0);
    await other.reload();
    await expect(other.getByRole("button", { name: "Sign in" })).toBeVisible();
  });

  await test.step("the last owner cannot be deleted", async () => {
    pageChecks.allow(/status of 409/);
    await page.getByRole("link", { name: `Delete ${owner.email}` }).click();
    await page.getByRole("button", { name: "Delete member" }).click();
    await expect(page.getByRole("alert")).toContainText("Make another member an owner first.");
  });
  checks.expectNone();
  await context.close();
});

test("giving up one's own role warns, and the last owner keeps it", async ({ page, keyhatch, signedIn, pageChecks }) => {
  const { owner } = signedIn;
  await page.goto(keyhatch.url + path);
  await member(page, owner.email).getByRole("combobox").selectOption("Admin");
  await page.getByRole("button", { name: `Change the role of ${owner.email}` }).click();
  const dialog = page.getByRole("dialog", { name: "Change role" });
  await expect(dialog).toContainText("This is your own role. You will lose owner rights at once");
  pageChecks.allow(/status of 409/);
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Make another member an owner first.");
  await expectAccessible(page);
  await dialog.getByRole("link", { name: "Cancel" }).click();
  await expect(member(page, owner.email).getByRole("combobox")).toHaveValue("owner");
});

test("two-factor codes are required from a date on, moved and made optional", async ({ page, browser, keyhatch, signedIn, pageChecks }) => {
  const ada = await keyhatch.createMember(signedIn.id, uniqueEmail("ada"), "viewer");
  const context = await browser.newContext();
  await context.addCookies([{ ...ada.session, url: keyhatch.url }]);
  const other = await context.newPage();
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const dialog = page.getByRole("dialog", { name: "Require two-factor codes" });
  const rule = page.getByRole("region", { name: "Two-factor codes" });
  await page.goto(keyhatch.url + path);

  await test.step("the dialog says who has none", async () => {
    await page.getByRole("link", { name: "Require codes" }).click();
    await expect(dialog).toContainText(/2 of 2 members have no codes yet: \S+, \S+\./);
    await expect(dialog).toContainText(ada.email);
    await expect(dialog).toContainText("That includes you");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoWiderThanScreen(page);
    await page.setViewportSize({ width: 1280, height: 820 });
  });

  await test.step("a day too far ahead is refused and kept", async () => {
    pageChecks.allow(/status of 422/);
    await dialog.getByLabel("First day").fill(day(100));
    await dialog.getByRole("button", { name: "Require codes" }).click();
    await expect(dialog.getByLabel("First day")).toHaveAccessibleDescription(/Choose a day from/);
    await expect(dialog.getByLabel("First day")).toHaveValue(day(100));
    await expectAccessible(page);
  });

  await test.step("until that day members without codes see a note", async () => {
    await dialog.getByLabel("First day").fill(day(10));
    await dialog.getByRole("button", { name: "Require codes" }).click();
    await expect(rule).toContainText("Required from");
    for (const shown of [path, "/settings/api-keys", "/settings/activity", "/settings/security"]) {
      await other.goto(keyhatch.url + shown);
      await expect(other.getByRole("note")).toContainText("Your account requires two-factor codes from");
    }
    await expectAccessible(other);
    await other.getByRole("link", { name: "Set them up now" }).click();
    await expect(other.getByRole("button", { name: "Set up two-factor codes" })).toBeVisible();
  });

  await test.step("the day is moved, then nothing is required", async () => {
    await rule.getByRole("link", { name: "Change the date" }).click();
    await expect(dialog.getByLabel("First day")).toHaveValue(day(10));
    await dialog.getByLabel("First day").fill(day(20));
    await dialog.getByRole("button", { name: "Require codes" }).click();
    await expect(rule).toContainText("Required from");
    await rule.getByRole("button", { name: "Do not require them" }).click();
    await expect(rule).toContainText("Each member chooses");
    await other.goto(keyhatch.url + path);
    await expect(other.getByRole("note")).toHaveCount(0);
  });

  await test.step("from now on, who has none can only set them up", async () => {
    await page.getByRole("link", { name: "Require codes" }).click();
    await dialog.getByRole("radio", { name: "Now" }).check();
    await expect(dialog.getByLabel("First day")).toBeHidden();
    await dialog.getByRole("button", { name: "Require codes" }).click();
    await expect(page.getByRole("alert")).toContainText("Your account requires two-factor codes. Set them up below");
    await other.goto(keyhatch.url + path);
    await expect(other.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
  });
  await context.close();
});

test("an invitation is created and deleted by keyboard alone", async ({ page, keyhatch, signedIn: _ }) => {
  const ada = { email: uniqueEmail("ada") };
  await page.goto(keyhatch.url + path);
  await typeInto(page, page.getByRole("textbox", { name: "Email" }), ada.email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Invitation link" })).toBeFocused();
  await press(page, page.getByRole("link", { name: `Delete the invitation of ${ada.email}` }));
  const dialog = page.getByRole("dialog", { name: "Delete invitation" });
  await expect(dialog.getByRole("link", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await press(page, page.getByRole("link", { name: `Delete the invitation of ${ada.email}` }));
  await reach(page, dialog.getByRole("button", { name: "Delete invitation" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("The invitation was deleted.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Invited" })).toHaveCount(0);
});

test("the members pages work without JavaScript", async ({ browser, keyhatch, signedIn }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${keyhatch.url}/sign-in`);
  await page.getByRole("textbox", { name: "Email" }).fill(signedIn.owner.email);
  await page.getByLabel("Password").fill(signedIn.owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.goto(keyhatch.url + path);
  const link = await invite(page, uniqueEmail("a-very-long-name-of-somebody-who-is-invited", "department.acme.example"), "Viewer");
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Join" })).toBeVisible();
  await context.close();
});

test("members fit a phone screen", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.createMember(signedIn.id, uniqueEmail("long".repeat(12), "department.acme.example"), "viewer");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(keyhatch.url + path);
  await expectNoWiderThanScreen(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: /^Delete long/ }).click();
  await expectNoWiderThanScreen(page);
});

test("the operator resets a lost password", async ({ page, keyhatch, signedIn }) => {
  await keyhatch.command(["member", "reset-password", "--email", signedIn.owner.email], "a new one from the operator\n");
  await page.goto(keyhatch.url + path);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await signIn(page, keyhatch.url, { ...signedIn.owner, password: "a new one from the operator" });
});

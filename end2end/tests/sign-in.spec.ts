// Set-up, sign-in and sign-out with JavaScript off: they are plain forms. And what becomes of a form whose session ended
// while it was filled in.
import { Page } from "@playwright/test";
import { expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { fillSignIn, keysHeading, setUp, signOut } from "../support/screen";
import { expect, test, testWithOwnServer } from "../support/test";

const membersPath = "/settings/members";
const email = (page: Page) => page.getByRole("textbox", { name: "Email" });
const password = (page: Page) => page.getByLabel("Password");

/** How Chromium reports that it does not preload the script of a page with islands. */
const scriptIsOff = /\.js csp/;

test.use({ javaScriptEnabled: false });
testWithOwnServer.use({ javaScriptEnabled: false });

testWithOwnServer("set-up shows each error at its field, and then creates the account", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 4\d\d/, scriptIsOff);
  const jo = { email: "jo@acme.example", password: "correct horse battery staple" };
  await page.goto(await keyhatch.setupLink());
  await page.getByRole("textbox", { name: "Account name" }).fill("Acme");
  await email(page).fill("jo at acme");
  await password(page).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(email(page)).toHaveAccessibleDescription(/This is not an email address\./);
  await expect(email(page)).toHaveValue("jo at acme");
  await expect(email(page)).toBeFocused();
  await expect(password(page)).toHaveAccessibleDescription(/12/);
  await expect(password(page)).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Account name" })).toHaveValue("Acme");

  await email(page).fill(jo.email);
  await password(page).fill(jo.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(keysHeading(page)).toBeVisible();
  await signOut(page, jo);
  await page.goto(`${keyhatch.url}/setup?token=guess`);
  await expect(page.getByText("This link has expired or is incomplete.")).toBeVisible();
});

test("a refused sign-in keeps the email, and the page that was asked for opens afterwards", async ({ page, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 401/, scriptIsOff);
  const { owner } = await keyhatch.createAccount();
  await page.goto(keyhatch.url + membersPath);
  await expect(page).toHaveTitle("Sign in · Keyhatch");
  await expect(email(page)).toBeFocused();
  await fillSignIn(page, { ...owner, password: "not the password at all" });
  await expect(page.getByRole("alert")).toHaveText("The email or the password is wrong.");
  await expect(email(page)).toHaveValue(owner.email);
  await expect(password(page)).toBeFocused();
  await expect(password(page)).toHaveValue("");
  await password(page).fill(owner.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Members", level: 1 })).toBeVisible();
});

test("a form whose session has ended is filled in again after signing in", async ({ page, context, keyhatch, pageChecks }) => {
  pageChecks.allow(/status of 401/, scriptIsOff);
  const { owner } = await keyhatch.createAccount();
  await context.addCookies([{ ...owner.session, url: keyhatch.url }]);
  await page.goto(keyhatch.url + membersPath);
  await email(page).fill("ada@acme.example");
  await page.getByRole("combobox", { name: "Role", exact: true }).selectOption("Admin");
  await context.clearCookies();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("alert")).toContainText("nothing you typed is lost");
  await fillSignIn(page, { ...owner, password: "not the password at all" });
  await fillSignIn(page, owner);
  await expect(page).toHaveURL(keyhatch.url + membersPath);
  await expect(page.getByRole("alert")).toContainText("not saved yet");
  await expect(email(page)).toHaveValue("ada@acme.example");
  await expect(page.getByRole("combobox", { name: "Role", exact: true })).toHaveValue("admin");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("textbox", { name: "Invitation link" })).toHaveValue(/\/invite\?token=/);
});

test.describe("with JavaScript", () => {
  test.use({ javaScriptEnabled: true });

  test("the pages of sign-in are accessible and fit a phone", async ({ page, keyhatch, pageChecks }) => {
    pageChecks.allow(/status of 4\d\d/);
    for (const path of ["/sign-in", "/setup?token=guess", "/nowhere"]) {
      await page.goto(keyhatch.url + path);
      await expectAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoWiderThanScreen(page);
      await page.setViewportSize({ width: 1280, height: 820 });
    }
    await page.goto(`${keyhatch.url}/sign-in`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(email(page)).toHaveAccessibleDescription(/Enter your email\./);
    await expectAccessible(page);
  });
});

testWithOwnServer.describe("with JavaScript", () => {
  testWithOwnServer.use({ javaScriptEnabled: true });

  testWithOwnServer("the page of set-up is accessible", async ({ page, keyhatch }) => {
    await page.goto(await keyhatch.setupLink());
    await expectAccessible(page);
    await setUp(page, await keyhatch.setupLink(), "Acme", { email: "jo@acme.example", password: "correct horse battery staple" });
  });
});

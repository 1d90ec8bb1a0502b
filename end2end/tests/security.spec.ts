// The security page: two-factor codes from set-up to sign-in, sessions, the password, and an account that requires codes.
// The test computes the codes as an authenticator app would.
import { Page } from "@playwright/test";
import { totp } from "../support/totp";
import { typeInto } from "../support/keyboard";
import { PageChecks, expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { fillSignIn, signIn, signOut, visit } from "../support/screen";
import { expect, test } from "../support/test";

const path = "/settings/security";

const section = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const codeBox = (page: Page) => page.getByRole("textbox", { name: "Code", exact: true });

/** Sets up two-factor codes: the secret of the app and the recovery codes. */
async function enableTwoFactor(page: Page, password: string): Promise<{ app: string; recovery: string[] }> {
  await section(page, /Two-factor codes/).getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Set up two-factor codes" }).click();
  await expect(page.getByRole("img", { name: "QR code for your app" })).toBeVisible();
  const app = (await page.locator("#two-factor-secret").innerText()).replace(/\s/g, "");
  await codeBox(page).fill(totp(app));
  await page.getByRole("button", { name: "Enable" }).click();
  const recovery = await page.getByRole("list", { name: "Your recovery codes" }).getByRole("listitem").allInnerTexts();
  expect(recovery).toHaveLength(10);
  return { app, recovery };
}

test("two-factor codes are enabled, used to sign in, and disabled", async ({ page, keyhatch, signedIn, pageChecks }) => {
  const { owner } = signedIn;
  pageChecks.allow(/status of 422/);
  await page.goto(keyhatch.url + path);
  await expect(page.getByRole("link", { name: "Security" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);

  await test.step("a wrong code enables nothing", async () => {
    await section(page, /Two-factor codes/).getByLabel("Your password").fill(owner.password);
    await page.getByRole("button", { name: "Set up two-factor codes" }).click();
    await codeBox(page).fill("000000");
    await page.getByRole("button", { name: "Enable" }).click();
    await expect(codeBox(page)).toHaveAccessibleDescription(/This code is wrong/);
    await expect(codeBox(page)).toHaveValue("");
    await expectAccessible(page);
  });
  const app = (await page.locator("#two-factor-secret").innerText()).replace(/\s/g, "");
  await codeBox(page).fill(totp(app));
  await page.getByRole("button", { name: "Enable" }).click();
  const codes = page.getByRole("list", { name: "Your recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await expectAccessible(page);
  const recovery = await codes.allInnerTexts();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoWiderThanScreen(page);
  await page.setViewportSize({ width: 1280, height: 820 });
  await visit(page, keyhatch.url + path);
  await expect(codes).toHaveCount(0);
  await expect(page.getByText("You have 10 recovery codes left.")).toBeVisible();

  await test.step("password and code lead to the requested page", async () => {
    await signOut(page, owner);
    await page.goto(keyhatch.url + path);
    await fillSignIn(page, owner);
    await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
    await expect(codeBox(page)).toBeFocused();
    await expectAccessible(page);
    await page.goto(`${keyhatch.url}/settings/api-keys`);
    await expect(codeBox(page)).toBeVisible();
    await codeBox(page).fill("000000");
    await page.keyboard.press("Enter");
    await expect(codeBox(page)).toHaveAccessibleDescription(/This code is wrong/);
    // The code that enabled two-factor cannot be used again.
    await codeBox(page).fill(totp(app, 1));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "API Keys", level: 1 })).toBeVisible();
  });

  await test.step("a recovery code works once", async () => {
    for (const works of [true, false]) {
      await visit(page, keyhatch.url + path);
      if (works) await signOut(page, owner);
      else await page.context().clearCookies();
      await page.goto(`${keyhatch.url}/sign-in`);
      await fillSignIn(page, owner);
      await typeInto(page, codeBox(page), recovery[0] ?? "");
      await page.keyboard.press("Enter");
      if (works) await expect(page.getByRole("heading", { name: "API Keys", level: 1 })).toBeVisible();
      else await expect(codeBox(page)).toHaveAccessibleDescription(/was used before/);
    }
    await codeBox(page).fill(recovery[1] ?? "");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "API Keys", level: 1 })).toBeVisible();
  });

  await test.step("disabled with password and code", async () => {
    await page.goto(keyhatch.url + path);
    await page.getByText("Disable two-factor codes").click();
    await page.getByLabel("Your password").fill(owner.password);
    await page.locator("#disable-two-factor-code").fill(recovery[2] ?? "");
    await page.getByRole("button", { name: "Disable" }).click();
    await expect(page.getByText("Two-factor codes are disabled.")).toBeVisible();
  });
});

test("an account that requires codes redirects members to set them up", async ({ page, keyhatch, signedIn }) => {
  await page.goto(`${keyhatch.url}/settings/members`);
  await page.getByRole("link", { name: "Require codes" }).click();
  await page.getByRole("radio", { name: "Now" }).check();
  await page.getByRole("button", { name: "Require codes" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}`));
  await expect(page.getByRole("alert")).toContainText("Your account requires two-factor codes.");
  await page.goto(`${keyhatch.url}/settings/api-keys`);
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await enableTwoFactor(page, signedIn.owner.password);
  await page.goto(`${keyhatch.url}/settings/members`);
  await expect(page.getByText("Every member must use two-factor codes.")).toBeVisible();
  // After losing phone and recovery codes: the operator resets two-factor, and the member sets it up again.
  await keyhatch.command(["member", "reset-two-factor", "--email", signedIn.owner.email]);
  await page.goto(`${keyhatch.url}/sign-in`);
  await fillSignIn(page, signedIn.owner);
  await expect(page.getByRole("alert")).toContainText("Your account requires two-factor codes.");
});

test("sessions are ended, and a new password ends all others", async ({ page, browser, keyhatch, signedIn }) => {
  const { owner } = signedIn;
  const contexts = [await browser.newContext(), await browser.newContext()];
  for (const context of contexts) await PageChecks.watch(context);
  const others = await Promise.all(contexts.map((context) => context.newPage()));
  for (const other of others) await signIn(other, keyhatch.url, owner);
  await page.goto(keyhatch.url + path);
  const sessions = page.getByRole("table", { name: "Where you are signed in" }).getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(sessions).toHaveCount(3);
  await expect(sessions.first()).toContainText("This session");
  await sessions.nth(1).getByRole("button", { name: /^End the session/ }).click();
  await expect(page.getByText("The session was ended.")).toBeVisible();
  await expect(sessions).toHaveCount(2);
  const stillIn = async () => {
    const shown = await Promise.all(others.map(async (other) => (await other.reload(), other.getByRole("button", { name: "Sign in" }).count())));
    return shown.filter((count) => count === 0).length;
  };
  expect(await stillIn()).toBe(1);

  await section(page, "Password").getByLabel("Current password").fill(owner.password);
  await section(page, "Password").getByLabel("New password").fill("another long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password was changed.")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  expect(await stillIn()).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoWiderThanScreen(page);
  for (const context of contexts) await context.close();
});

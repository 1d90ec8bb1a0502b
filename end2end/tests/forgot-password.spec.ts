// A lost password: a link by mail, also without JavaScript, and without a mail server a link that an owner makes.
import { Page } from "@playwright/test";
import { Keyhatch, uniqueEmail } from "../support/keyhatch";
import { MailServer } from "../support/mail";
import { PageChecks, expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { fillSignIn, keysHeading } from "../support/screen";
import { expect, test } from "../support/test";

const password = "a new password of some words";
const link = /http:\/\/\S+\/reset-password\?token=[\w-]{43}/;

/** A server that sends its mail there. */
const startWith = (mail: MailServer): Promise<Keyhatch> =>
  Keyhatch.start(undefined, `public_url = "{url}"\n[mail]\nsmtp = "smtp://127.0.0.1:${mail.port}"\nfrom = "Keys <keys@acme.example>"\n`);

/** From the sign-in page to the new password, by mail. */
async function resetByMail(page: Page, keyhatch: Keyhatch, mail: MailServer, email: string): Promise<void> {
  await page.goto(`${keyhatch.url}/sign-in`);
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("If there is a member with that address, a link is on its way.")).toBeVisible();
  await page.goto(await mail.find(email, link));
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("heading", { name: "Your password was changed" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in" }).click();
  await fillSignIn(page, { email, password });
}

test("a link by mail leads to a new password, with and without JavaScript", async ({ browser, page, pageChecks }) => {
  const mail = await MailServer.start();
  const keyhatch = await startWith(mail);
  try {
    const { owner, id } = await keyhatch.createAccount();
    await resetByMail(page, keyhatch, mail, owner.email);
    await expect(keysHeading(page)).toBeVisible();
    await mail.find(owner.email, /Your password for \S+ was changed/);

    await test.step("the link works once", async () => {
      pageChecks.allow(/status of 403/);
      await page.goto(await mail.find(owner.email, link));
      await expect(page.getByText("This link has expired or is incomplete.")).toBeVisible();
      await expectAccessible(page);
    });

    await test.step("the token is not in the log", async () => {
      const token = (await mail.find(owner.email, link)).split("token=")[1] ?? "";
      expect(token).toHaveLength(43);
      expect(keyhatch.log).toContain('path="/reset-password"');
      expect(keyhatch.log).not.toContain(token);
    });

    await test.step("an unknown address gets the same answer and no mail", async () => {
      await page.getByRole("link", { name: "Get a new link" }).click();
      await page.getByRole("textbox", { name: "Email" }).fill("nobody@acme.example");
      await page.getByRole("button", { name: "Send link" }).click();
      await expect(page.getByText("If there is a member with that address, a link is on its way.")).toBeVisible();
      expect(mail.count("nobody@acme.example")).toBe(0);
    });

    await test.step("without JavaScript, on a phone", async () => {
      const ada = await keyhatch.createMember(id, uniqueEmail("ada"), "viewer");
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
      const other = await context.newPage();
      await resetByMail(other, keyhatch, mail, ada.email);
      await expect(keysHeading(other)).toBeVisible();
      await context.close();
    });
  } finally {
    pageChecks.stop();
    await keyhatch.remove();
    mail.stop();
  }
});

test("an invalid email and a short password get messages", async ({ page, pageChecks }) => {
  const mail = await MailServer.start();
  const keyhatch = await startWith(mail);
  try {
    pageChecks.allow(/status of 422/);
    await page.goto(`${keyhatch.url}/forgot-password`);
    await expectAccessible(page);
    await page.getByRole("textbox", { name: "Email" }).fill("ada at acme");
    await page.getByRole("button", { name: "Send link" }).click();
    const email = page.getByRole("textbox", { name: "Email" });
    await expect(email).toHaveAccessibleDescription(/This is not an email address\./);
    await expect(email).toHaveValue("ada at acme");
    await expectAccessible(page);
    await page.goto(`${keyhatch.url}/forgot-password?sent`);
    await expectAccessible(page);
  } finally {
    pageChecks.stop();
    await keyhatch.remove();
    mail.stop();
  }
});

test("without a mail server an owner makes the link, and it is shown once", async ({ page, browser, keyhatch, signedIn }) => {
  const ada = await keyhatch.createMember(signedIn.id, uniqueEmail("ada"), "admin");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const checks = await PageChecks.watch(context);
  const other = await context.newPage();
  await other.goto(`${keyhatch.url}/forgot-password`);
  await expect(other.getByText("Ask an owner of your account")).toBeVisible();
  await expect(other.getByRole("textbox")).toHaveCount(0);
  await expectAccessible(other);
  await expectNoWiderThanScreen(other);

  await page.goto(`${keyhatch.url}/settings/members`);
  await page.getByRole("link", { name: `Reset password of ${ada.email}` }).click();
  const dialog = page.getByRole("dialog", { name: "Reset password" });
  await expect(dialog).toContainText(ada.email);
  await expect(dialog.getByRole("link", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make link" }).click();
  const made = await page.getByRole("textbox", { name: "Password link" }).inputValue();
  expect(made).toMatch(link);
  await expectAccessible(page);
  await page.goto(`${keyhatch.url}/settings/members`);
  await expect(page.getByRole("textbox", { name: "Password link" })).toHaveCount(0);

  await other.goto(made);
  await expectAccessible(other);
  await expectNoWiderThanScreen(other);
  checks.allow(/status of 422/);
  await other.getByLabel("New password", { exact: true }).fill("short");
  await other.getByRole("button", { name: "Change password" }).click();
  await expect(other.getByLabel("New password", { exact: true })).toHaveAccessibleDescription(/12 characters/);
  await other.getByLabel("New password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Change password" }).click();
  await expectAccessible(other);
  await other.getByRole("link", { name: "Sign in" }).click();
  await fillSignIn(other, { email: ada.email, password });
  await expect(keysHeading(other)).toBeVisible();
  checks.expectNone();
  await context.close();
});

test("the operator prints a link on the command line", async ({ page, keyhatch, signedIn }) => {
  const { link: printed } = await keyhatch.command<{ link: string }>([
    "member", "reset-password", "--account", signedIn.id, "--email", signedIn.owner.email, "--link",
  ]);
  await page.goto(printed);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.goto(`${keyhatch.url}/settings/members`);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

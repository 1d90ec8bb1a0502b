// Languages: the member's choice or the browser's, German throughout, and no text that is not in the catalogue.
import { Page } from "@playwright/test";
import { chooseFromMenu } from "../support/keyboard";
import { expectAccessible, expectNoWiderThanScreen, waitForHydration } from "../support/page-checks";
import { pdfText } from "../support/pdf";
import { actionsFor, keysPath, openAdd, visit, words } from "../support/screen";
import { expect, test, testWithOwnServer } from "../support/test";
import { bracketedTexts, readTexts } from "../support/texts";

const german = readTexts("de");
/** A German text without arguments. */
const t = (id: string): string => german.get(id) ?? id;
/** A German text with its arguments put in. */
const filled = (id: string, values: Record<string, string>): string =>
  t(id).replace(/\{ \$(\w+) \}/g, (_, name: string) => values[name]);

test("a member chooses German and manages a key in it", async ({ page, keyhatch, signedIn: { owner } }) => {
  const profile = page.getByRole("button", { name: owner.email });
  await profile.click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page).toHaveURL(keyhatch.url + keysPath);
  await waitForHydration(page);
  await expectAccessible(page);

  await page.getByRole("link", { name: t("list-add_key") }).filter({ visible: true }).first().click();
  const dialog = page.getByRole("dialog", { name: t("editor-add_title") });
  await waitForHydration(page);
  await dialog.getByRole("textbox", { name: t("editor-name") }).fill("Kasse");
  // A message that the browser writes while the person types.
  const whitelist = dialog.getByRole("textbox", { name: t("editor-whitelist") });
  await whitelist.fill("10.1.2.3/24");
  await expect(dialog).toContainText(filled("editor-use_instead", { suggestion: "10.1.2.0/24" }));
  await whitelist.fill("203.0.113.7");
  await expect(dialog).toContainText(filled("editor-valid_entries", { count: "1" }));
  await expectAccessible(page);
  // One that the server writes.
  await dialog.getByRole("textbox", { name: t("editor-name") }).fill("");
  await dialog.getByRole("button", { name: t("editor-save_new") }).click();
  await expect(dialog.getByRole("textbox", { name: t("editor-name") })).toHaveAttribute("aria-invalid", "true");
  await expect(dialog).not.toContainText("Enter a name");
  await dialog.getByRole("textbox", { name: t("editor-name") }).fill("Kasse");
  await dialog.getByRole("button", { name: t("editor-save_new") }).click();

  const reveal = page.getByRole("dialog", { name: t("reveal-created") });
  await expect(reveal).toBeVisible();
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent("download"), reveal.getByText(t("reveal-pdf")).click()]);
  expect(await pdfText(download)).toContain("Kasse");
  expect(await pdfText(download)).not.toContain("Save this PDF");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await reveal.getByRole("button", { name: t("reveal-copy"), exact: true }).click();
  await reveal.getByRole("button", { name: t("reveal-done") }).click();
  await expect(page.getByRole("row", { name: /Kasse/ })).toBeVisible();

  await chooseFromMenu(page, page.getByRole("button", { name: filled("list-actions_for", { name: "Kasse" }) }), t("list-disable_key"));
  await expect(page.getByRole("row", { name: /Kasse/ })).toContainText(t("list-disabled"));
  for (const path of ["members", "sub-accounts", "activity", "security"]) {
    await page.goto(`${keyhatch.url}/settings/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(`frame-${path.replace("-", "_")}`));
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["api-keys", "api-keys?add", "members", "activity", "security"]) {
    await page.goto(`${keyhatch.url}/settings/${path}`);
    await expectNoWiderThanScreen(page);
  }
});

test.describe("a German browser", () => {
  test.use({ locale: "de-AT" });
  test("is answered in German before anybody signs in", async ({ page, keyhatch, pageChecks }) => {
    pageChecks.allow(/422/);
    await page.goto(`${keyhatch.url}/sign-in`);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("access-sign_in"));
    await page.getByRole("button", { name: t("access-sign_in") }).click();
    await expect(page.getByText(t("access-email_missing"))).toBeVisible();
    await expectAccessible(page);
  });
});

/** What may stand on a page besides texts of the catalogue: what people, operators and programs named. */
const data = [
  /Keyhatch/g, /\bAcme\S*|Account \S+|Shop\b|Sub shop\b/g, /[\w.+-]+@[\w.-]+/g, /\bkh_(live|test)_\S*/g, /\btoken Browser tests\b|\bBrowser tests\b|\btok_\w+/g, /key_\w+/g,
  /\b(Contacts|Campaigns|Orders|Reports|contacts|campaigns|orders|reports)\b/g, /\b(English|Deutsch)\b/g,
  /\b(rest|http|web-service|ftp|email|database)\b/g, /\bCIDR\b|\bUTC\b/g, /https?:\S+/g,
  // Languages of code samples, and keys of the keyboard.
  /\b(curl|Python|JavaScript|Node\.js|PHP|Ruby|Go|Java|C#|ApiKey|Bearer)\b/g, /\bC\b|\bc\b/g, /KEYHATCH_KEY/g,
];

/** The words of a page, of what is read out too, that are not in brackets. */
async function wordsOutsideBrackets(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const out: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let text = document.title;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest("script, style, pre, code, textarea, kbd")) continue;
      text += ` ${node.nodeValue}`;
    }
    out.push(text);
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) out.push(element.getAttribute(name) ?? "");
    }
    return out;
  });
  const outside = found.map((text) => {
    let rest = text;
    for (let before = ""; before !== rest; ) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
    }
    return data.reduce((rest, pattern) => rest.replace(pattern, " "), rest);
  });
  return outside.flatMap((text) => text.match(/\p{L}[\p{L}'’-]+/gu) ?? []);
}

testWithOwnServer.describe("every text", () => {
  testWithOwnServer.use({ config: bracketedTexts() });

  testWithOwnServer("is from the catalogue, so that it can be translated and replaced", async ({ page, keyhatch, pageChecks }) => {
    pageChecks.allow(/403|404|422/);
    const { id, owner } = await keyhatch.createAccount({ name: "Acme", email: "owner@acme.example" });
    const key = await keyhatch.createKey(id, "Shop", { privileges: ["contacts:read"], whitelist: ["203.0.113.7"] });
    await keyhatch.verify(key.key, "203.0.113.7");
    for (const path of ["/sign-in", "/forgot-password", "/reset-password?token=x", "/invite?token=x", "/setup", "/nowhere"]) {
      await page.goto(keyhatch.url + path);
      expect.soft(await wordsOutsideBrackets(page), path).toEqual([]);
    }
    await page.context().addCookies([{ ...owner.session, url: keyhatch.url }]);
    const dialogs = ["add", `edit=${key.id}`, `rotate=${key.id}`, `disable=${key.id}`, `delete=${key.id}`, `test=${key.id}`];
    const paths = [
      keysPath, `${keysPath}?q=zzzz`, `${keysPath}?state=deleted`, ...dialogs.map((dialog) => `${keysPath}?${dialog}`), `${keysPath}/${key.id}`,
      "/settings/members", "/settings/sub-accounts", "/settings/activity", "/settings/security",
    ];
    for (const path of paths) {
      await visit(page, keyhatch.url + path);
      expect.soft(await wordsOutsideBrackets(page), path).toEqual([]);
    }
  });

  testWithOwnServer("of the browser too", async ({ page, keyhatch }) => {
    const { owner } = await keyhatch.createAccount({ name: "Acme", email: "owner@acme.example" });
    await page.context().addCookies([{ ...owner.session, url: keyhatch.url }]);
    await visit(page, keyhatch.url + keysPath);
    const bracketed = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, `⟦${word}⟧`])) as typeof words;
    const editor = await openAdd(page, bracketed);
    const whitelist = editor.dialog.getByRole("textbox", { name: "⟦IP whitelist⟧" });
    for (const typed of ["10.1.2.3/24\n10.0.0.*\nlocalhost\n1.2.3.4:80", "203.0.113.7\n203.0.113.7"]) {
      await whitelist.fill(typed);
      await expect(editor.dialog.getByText(/⟦\d valid⟧|⟦\d to fix⟧/).first()).toBeVisible();
      expect.soft(await wordsOutsideBrackets(page), typed).toEqual([]);
    }
    await editor.name.fill("Shop");
    await editor.dialog.getByRole("button", { name: "⟦Save⟧" }).click();
    await expect(page.getByRole("dialog", { name: "⟦API key created⟧" })).toBeVisible();
    expect.soft(await wordsOutsideBrackets(page), "reveal").toEqual([]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "⟦Copy⟧", exact: true }).click();
    await page.getByRole("button", { name: "⟦Done⟧" }).click();
    await expect(actionsFor(page, "Shop").or(page.getByRole("button", { name: "⟦Actions for Shop⟧" }))).toBeVisible();
    expect.soft(await wordsOutsideBrackets(page), "notice").toEqual([]);
  });
});

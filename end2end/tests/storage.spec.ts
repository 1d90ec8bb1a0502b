// The secret is in exactly one response and one dialog. After the dialog closes, nothing in the browser holds it.
import { Page } from "@playwright/test";
import { RevealDialog, keysPath, openAdd, rows, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, test } from "../support/test";

/** Everything a later script, extension or person at this browser could read. */
async function whatThePageHolds(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const inFields = [...document.querySelectorAll<HTMLInputElement>("input, textarea, output")].map((field) => field.value);
    const databases = await indexedDB.databases();
    const caches_ = "caches" in window ? await caches.keys() : [];
    const resources = performance.getEntries().map((entry) => entry.name);
    return JSON.stringify([
      document.documentElement.outerHTML,
      inFields,
      { ...localStorage },
      { ...sessionStorage },
      databases,
      caches_,
      document.cookie,
      history.state,
      location.href,
      resources,
      window.name,
      document.title,
      String(getSelection()),
    ]);
  });
}

test("the key is nowhere in the browser after the dialog closes", async ({ page, keyhatch, signedIn: _ }) => {
  // A page of the console to go back to.
  await visit(page, `${keyhatch.url}/settings/security`);
  await visit(page, keyhatch.url + keysPath);
  const carriers: string[] = [];
  const bodies: Promise<void>[] = [];
  let key = "";
  const seen: { url: string; text: string }[] = [];
  page.on("response", (response) => {
    bodies.push(response.text().then((text) => void seen.push({ url: response.url(), text }), () => undefined));
  });
  page.on("request", (request) => {
    seen.push({ url: `request ${request.url()}`, text: `${request.url()} ${request.postData() ?? ""}` });
  });

  const editor = await openAdd(page);
  await editor.name.fill("Warehouse sync");
  await editor.save.click();
  const reveal = new RevealDialog(page);
  await expect(reveal.key).toBeVisible();
  key = await reveal.key.inputValue();
  expect(await whatThePageHolds(page)).toContain(key);
  const [download] = await Promise.all([page.waitForEvent("download"), reveal.pdf.click()]);
  await download.delete();
  await closeReveal(page);
  await expect(rows(page).first()).toContainText("Warehouse sync");

  const secret = key.split("_").at(-1) ?? key;
  expect(await whatThePageHolds(page)).not.toContain(secret);
  const blobs = await page.evaluate(() => performance.getEntries().filter(({ name }) => name.startsWith("blob:")).map(({ name }) => name));
  for (const blob of blobs) {
    expect(await page.evaluate((url) => fetch(url).then(() => "still there", () => "gone"), blob)).toBe("gone");
  }

  await page.goBack();
  expect(await whatThePageHolds(page)).not.toContain(secret);
  await page.goForward();
  expect(await whatThePageHolds(page)).not.toContain(secret);
  await page.reload();
  expect(await whatThePageHolds(page)).not.toContain(secret);
  const state = await page.context().storageState({ indexedDB: true });
  expect(JSON.stringify(state)).not.toContain(secret);

  await Promise.all(bodies);
  for (const { url, text } of seen) if (text.includes(secret)) carriers.push(url);
  expect(carriers, "the one response that carries the key").toHaveLength(1);
});

// Takes the screenshots in docs/pictures when PICTURES=1 is set: <what>-<width>-<scheme>.png.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Page } from "@playwright/test";
import { waitForHydration } from "../support/page-checks";
import { Keyhatch } from "../support/keyhatch";
import { Postgres } from "../support/postgres";
import { RevealDialog, chooseAction, deleteDialog, keysPath, openAdd, openExplainPanel, signIn } from "../support/screen";
import { expect, test } from "../support/test";

const folder = join(__dirname, "../../docs/pictures");
mkdirSync(folder, { recursive: true });

const programs = [
  "Old CRM import", "Data team, BI", "Staging tests", "Shop checkout", "Nightly report", "Warehouse sync",
  "Returns desk", "Newsletter", "Loyalty app", "Price feed", "Kiosk Berlin", "Kiosk Lyon", "Kiosk Porto", "Label printer",
  "Survey bot", "Partner portal", "Mobile app", "Invoice export", "Support desk", "Fraud check", "Map service", "Stock alarm",
  "Backup job", "Translations", "Call centre", "Trade fair", "Gift cards", "Events", "Blog", "Warehouse Łódź",
];
const whitelists = [[], ["10.4.0.0/22"], ["203.0.113.7", "203.0.113.9", "2001:db8::1"], ["198.51.100.20-198.51.100.40"]];
const privileges = [["contacts:read"], ["contacts:read", "contacts:write", "orders:read", "orders:write"], ["reports:read"], []];

for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width > 600 ? 820 : 844 }, colorScheme });
      const take = async (page: Page, what: string) => {
        // No hover effects in the picture.
        await page.mouse.move(width / 2, 1);
        await page.screenshot({ path: join(folder, `${what}-${width}-${colorScheme}.png`), animations: "disabled" });
      };

      test("pictures", async ({ page, pageChecks }) => {
        test.slow();
        const postgres = await Postgres.start();
        const keyhatch = await Keyhatch.start(postgres.url);
        const { id, owner } = await keyhatch.createAccount({ name: "Acme Mail", email: "jo@acme.example" });
        await page.goto(`${keyhatch.url}/sign-in`);
        await take(page, "sign-in");
        await signIn(page, keyhatch.url, owner);
        await take(page, "empty");

        for (const [n, name] of programs.entries()) {
          const environment = n % 7 === 2 ? "sandbox" : "live";
          const made = await keyhatch.createKey(id, name, { whitelist: whitelists[n % 4], privileges: privileges[(n * 3) % 4], environment });
          const address = { 0: "198.51.100.4", 1: "10.4.0.17", 2: "203.0.113.9" }[n % 4];
          if (address) await keyhatch.verify(made.key, address);
        }
        await keyhatch.restart();
        const hours = 3_600_000;
        const now = Date.now();
        // At the top of the list: a recently used key, an expired one, and one that expires soon.
        await postgres.run(`UPDATE last_uses SET at = ${now} - (2 + abs(hashtext(key_id)) % 15) ^ 3 * 60000`);
        await postgres.run(`UPDATE keys SET limits = 'minute=600 uses-month=50000' WHERE name IN ('Gift cards', 'Blog')`);
        await postgres.run(`UPDATE keys SET expires_at = ${now - 40 * hours} WHERE name = 'Trade fair'`);
        await postgres.run(`UPDATE keys SET expires_at = ${now + 130 * hours} WHERE name = 'Events'`);
        await page.goto(keyhatch.url + keysPath);
        await waitForHydration(page);
        await take(page, "list");

        const editor = await openAdd(page);
        await editor.name.fill("Parcel tracking for the night shift");
        await editor.whitelist.fill("203.0.113.7\n10.4.1.0/22\n198.51.100.20-198.51.100.40\n10.0.0.*");
        await editor.privilege("Contacts: Read").check();
        await editor.privilege("Orders: Read").check();
        await expect(editor.dialog).toContainText("Use 10.4.0.0/22 instead");
        await editor.save.click();
        await expect(editor.name).toHaveAttribute("aria-invalid", "true");
        await take(page, "slider-errors");

        await editor.name.fill("Parcel tracking");
        await editor.whitelist.fill("203.0.113.7\n10.4.0.0/22");
        await editor.save.click();
        const reveal = new RevealDialog(page);
        await expect(reveal.key).toBeVisible();
        await take(page, "reveal");
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await reveal.copy.click();
        await reveal.done.click();
        await expect(reveal.dialog).toBeHidden();

        await openAdd(page);
        await editor.name.fill("Night shift");
        await editor.environment("Sandbox").check();
        await editor.limitsHead.click();
        await editor.limit("Calls per second").fill("10");
        await editor.limit("Calls per minute").fill("0");
        await editor.limit("Number of uses").fill("50,000");
        await editor.limit("Resets").selectOption("Every month");
        await editor.limit("Expires").selectOption("On a date…");
        await editor.limit("Expires at (UTC)").fill("2027-12-31T18:00");
        await editor.limit("Number of uses").scrollIntoViewIfNeeded();
        await editor.limitsHead.evaluate((head) => head.scrollIntoView());
        await take(page, "slider-limits");
        await editor.cancel.click();

        const explain = await openExplainPanel(page, "Call centre");
        await explain.address.fill("203.0.113.200");
        await explain.privilege.selectOption("Orders: Write");
        await explain.test.click();
        await expect(explain.answer).toContainText("Refused");
        await take(page, "test");
        await page.keyboard.press("Escape");

        await chooseAction(page, "Staging tests", "Delete Key");
        await expect(deleteDialog(page)).toBeVisible();
        await take(page, "delete");
        pageChecks.stop();
        await keyhatch.remove();
        await postgres.stop();
      });
    });
  }
}

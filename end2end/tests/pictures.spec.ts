// The pictures of docs/pictures, made anew with PICTURES=1: <what>-<width>-<scheme>.png.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Page } from "@playwright/test";
import { started } from "../support/page-checks";
import { Reveal, choose, deleteDialog, keysPath, openAdd, signIn } from "../support/screen";
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
        // Nothing is under the pointer.
        await page.mouse.move(width / 2, 1);
        await page.screenshot({ path: join(folder, `${what}-${width}-${colorScheme}.png`), animations: "disabled" });
      };

      test("pictures", async ({ page, keyhatch }) => {
        const { id, owner } = await keyhatch.createAccount("Acme Mail");
        await page.goto(`${keyhatch.url}/sign-in`);
        await take(page, "sign-in");
        await signIn(page, keyhatch.url, owner);
        await take(page, "empty");

        for (const [n, name] of programs.entries()) {
          await keyhatch.createKey(id, name, { whitelist: whitelists[n % 4], privileges: privileges[(n * 3) % 4] });
        }
        await page.goto(keyhatch.url + keysPath);
        await started(page);
        await take(page, "list");

        const slider = await openAdd(page);
        await slider.name.fill("Parcel tracking for the night shift");
        await slider.whitelist.fill("203.0.113.7\n10.4.1.0/22\n198.51.100.20-198.51.100.40\n10.0.0.*");
        await slider.privilege("Contacts: Read").check();
        await slider.privilege("Orders: Read").check();
        await expect(slider.dialog).toContainText("Did you mean 10.4.0.0/22");
        await slider.save.click();
        await expect(slider.name).toHaveAttribute("aria-invalid", "true");
        await take(page, "slider-errors");

        await slider.name.fill("Parcel tracking");
        await slider.whitelist.fill("203.0.113.7\n10.4.0.0/22");
        await slider.save.click();
        const reveal = new Reveal(page);
        await expect(reveal.key).toBeVisible();
        await take(page, "reveal");
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await reveal.copy.click();
        await reveal.done.click();
        await expect(reveal.dialog).toBeHidden();

        await choose(page, "Warehouse Łódź", "Delete Key");
        await expect(deleteDialog(page)).toBeVisible();
        await take(page, "delete");
      });
    });
  }
}

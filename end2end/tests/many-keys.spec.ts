// An account with 10,000 keys: the page opens as fast as any, finds one of them, and does something to a whole page.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bulkActions, stateFilter, keysPath, environmentFilter, rows, visit } from "../support/screen";
import { expect, testWithOwnServer as test } from "../support/test";

test.use({ config: "[limits]\nkeys_per_account = 10000\npage_size = 500\n" });

// As rows: issuing them one by one would take a minute. Every tenth is for trying out.
const insert = `
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1], timeout=10)
account, many = sys.argv[2], range(10000)
rows.executemany(
    "INSERT INTO keys (id, account_id, name, name_folded, environment, enabled, whitelist, privileges, created_at, created_by, updated_at, generation) "
    "VALUES (?, ?, ?, ?, ?, 1, '', '', ?, 'operator', ?, 1)",
    [(f"key_{n:016}", account, f"Sync {n}", f"sync {n}", "live" if n % 10 else "sandbox", 1767225600000 + n, 1767225600000 + n) for n in many])
rows.executemany(
    "INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at) VALUES (?, ?, x'00', ?, 1767225600000)",
    [(f"{n:010}", f"key_{n:016}", f"{n:05}") for n in many])
rows.commit()
`;

test("opens, searches, filters, and disables a page of them", async ({ page, keyhatch, signedIn }) => {
  execFileSync("python3", ["-c", insert, join(keyhatch.home, "data", "keyhatch.db"), signedIn.id]);
  const search = page.getByRole("searchbox", { name: "Search keys" });
  const began = Date.now();
  await visit(page, keyhatch.url + keysPath);
  expect(Date.now() - began).toBeLessThan(10_000);
  await expect(rows(page)).toHaveCount(500);
  await expect(page.getByText("10,000 of 10,000 keys").or(page.getByText("10000 of 10000 keys"))).toBeVisible();
  await expect(rows(page).first()).toContainText("Sync 9999");

  await test.step("search and filters", async () => {
    await search.fill("sync 4711");
    await expect(rows(page)).toHaveCount(1);
    await search.fill("sync 471");
    await expect(rows(page)).toHaveCount(11);
    await environmentFilter(page, "Sandbox").click();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Sync 4710");
    await environmentFilter(page, "All").click();
    await search.fill("");
    await expect(rows(page)).toHaveCount(500);
  });

  await test.step("a whole page", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(bulkActions(page)).toContainText("500 selected");
    await bulkActions(page).getByRole("button", { name: "Disable" }).click();
    await page.getByRole("dialog", { name: "Disable API key" }).getByRole("button", { name: "Disable Key" }).click();
    await expect(page.getByText("500 keys were disabled.")).toBeAttached();
    await expect(rows(page).filter({ hasText: "Disabled" })).toHaveCount(500);
    await stateFilter(page, "Disabled").click();
    await expect(rows(page)).toHaveCount(500);
    await expect(page.getByRole("button", { name: "Load more" })).toBeHidden();
    await expect(rows(page).last()).toContainText("Sync 9500");
  });
});

// An account with 10,000 keys: load time, search, filters, and a bulk action on a whole page.
import { bulkActions, environmentFilter, filterByState, keysPath, notice, rows, searchFor, visit } from "../support/screen";
import { runSql } from "../support/sqlite";
import { expect, testWithOwnServer as test } from "../support/test";

test.use({ config: "[limits]\nkeys_per_account = 10000\npage_size = 500\n" });

// Rows, because 10,000 requests would take a minute. Every tenth key is a sandbox key.
const insertKeys = (account: string): string => `
  CREATE TEMP TABLE numbers AS WITH RECURSIVE numbers (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM numbers WHERE n < 9999) SELECT n FROM numbers;
  INSERT INTO keys (id, account_id, name, name_folded, environment, enabled, whitelist, privileges, created_at, created_by, updated_at, generation)
    SELECT printf('key_%016d', n), '${account}', 'Sync ' || n, 'sync ' || n, iif(n % 10, 'live', 'sandbox'), 1, '', '', 1767225600000 + n, 'operator', 1767225600000 + n, 1
    FROM numbers;
  INSERT INTO key_secrets (public_id, key_id, hash, last_chars, created_at)
    SELECT printf('%010d', n), printf('key_%016d', n), x'00', printf('%05d', n), 1767225600000 FROM numbers;
`;

test("10,000 keys are listed, searched, filtered and disabled by page", async ({ page, keyhatch, signedIn }) => {
  await runSql(keyhatch, insertKeys(signedIn.id));
  const began = Date.now();
  await visit(page, keyhatch.url + keysPath);
  expect(Date.now() - began).toBeLessThan(10_000);
  await expect(rows(page)).toHaveCount(500);
  await expect(page.getByText("10,000 of 10,000 keys").or(page.getByText("10000 of 10000 keys"))).toBeVisible();
  await expect(rows(page).first()).toContainText("Sync 9999");

  await test.step("search and filters", async () => {
    await searchFor(page, "sync 4711");
    await expect(rows(page)).toHaveCount(1);
    await searchFor(page, "sync 471");
    await expect(rows(page)).toHaveCount(11);
    await environmentFilter(page, "Sandbox").click();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Sync 4710");
    await environmentFilter(page, "All").click();
    await searchFor(page, "");
    await expect(rows(page)).toHaveCount(500);
  });

  await test.step("disable a whole page", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(bulkActions(page)).toContainText("500 selected");
    await bulkActions(page).getByRole("button", { name: "Disable" }).click();
    await page.getByRole("dialog", { name: "Disable API key" }).getByRole("button", { name: "Disable Key" }).click();
    await expect(notice(page, "Disabled 500 keys.")).toBeVisible();
    await expect(rows(page).filter({ hasText: "Disabled" })).toHaveCount(500);
    await filterByState(page, "Disabled");
    await expect(rows(page)).toHaveCount(500);
    await expect(page.getByRole("link", { name: "Next page" })).toBeHidden();
    await expect(rows(page).last()).toContainText("Sync 9500");
  });
});

// A long key list: pages of 50, search, and dialogs opened by URL.
import { waitForHydration } from "../support/page-checks";
import { actionsFor, addKey, deleteDialog, keysHeading, keysPath, rows, searchFor, KeyEditor, visit } from "../support/screen";
import { expect, test } from "../support/test";

test("the list loads more and is searched by name and last characters", async ({ page, keyhatch, signedIn }) => {
  const keys: string[] = [];
  for (let n = 1; n <= 53; n++) keys.push((await keyhatch.createKey(signedIn.id, `Program ${n}`)).key);
  await keyhatch.createKey(signedIn.id, "Łódź 100%");
  await visit(page, keyhatch.url + keysPath);
  const more = page.getByRole("link", { name: "Load more" });
  const search = page.getByRole("searchbox", { name: "Search keys" });

  await test.step("the newest 50 first, then the rest", async () => {
    await expect(rows(page)).toHaveCount(50);
    await expect(rows(page).first()).toContainText("Łódź 100%");
    await expect(page.getByText("54 of 100 keys")).toBeVisible();
    await more.click();
    await expect(rows(page)).toHaveCount(54);
    await expect(rows(page).last()).toContainText("Program 1");
    await expect(more).toBeHidden();
    // Focus moves to the first of the loaded rows.
    await expect(actionsFor(page, "Program 4")).toBeFocused();
  });

  await test.step("search", async () => {
    await searchFor(page, "program 53");
    await expect(rows(page)).toHaveCount(1);
    await searchFor(page, "łÓDŹ");
    await expect(rows(page)).toHaveCount(1);
    await searchFor(page, keys[0]?.slice(-5) ?? "");
    await expect(rows(page).filter({ hasText: "Program 1" })).toHaveCount(1);
    // Not a wildcard.
    await searchFor(page, "%");
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Łódź 100%");
    await searchFor(page, "nothing of the kind");
    await expect(page.getByText('No keys match "nothing of the kind".')).toBeVisible();
    await page.getByRole("link", { name: "Show all keys" }).click();
    await expect(rows(page)).toHaveCount(50);
    await expect(search).toHaveValue("");
  });

  await test.step("a search from the URL, and one typed fast", async () => {
    await visit(page, `${keyhatch.url}${keysPath}?q=program+53`);
    await expect(search).toHaveValue("program 53");
    await expect(rows(page)).toHaveCount(1);
    await search.fill("");
    await search.pressSequentially("program 21");
    await page.keyboard.press("Enter");
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Program 21");
  });
});

test("unknown, foreign, deleted and malformed ids in the URL open no dialog", async ({ page, keyhatch, pageChecks, signedIn }) => {
  pageChecks.allow(/status of 404/);
  const other = await keyhatch.createAccount({ name: "Other" });
  const foreign = await keyhatch.createKey(other.id, "Not yours");
  const own = await keyhatch.createKey(signedIn.id, "Warehouse sync");
  for (const place of ["edit", "edit-for-test", "rotate", "end-overlap", "disable", "enable", "test", "delete"]) {
    for (const id of [foreign.id, "key_0000000000", "<script>", "..%2F..%2F", ""]) {
      const answer = await page.goto(`${keyhatch.url}${keysPath}?${place}=${id}`);
      await waitForHydration(page);
      await expect(keysHeading(page)).toBeVisible();
      await expect(page.getByRole("dialog")).toBeHidden();
      await expect(page.getByText("Not yours")).toHaveCount(0);
      if (id === foreign.id || id === "key_0000000000") {
        expect(answer?.status()).toBe(404);
        await expect(page.getByRole("alert")).toContainText("no longer exists");
      }
    }
  }

  await page.goto(`${keyhatch.url}${keysPath}?delete=${own.id}`);
  await waitForHydration(page);
  await deleteDialog(page).getByRole("button", { name: "Delete Key" }).click();
  await expect(deleteDialog(page)).toBeHidden();
  await expect(addKey(page)).toBeFocused();
  await page.goto(`${keyhatch.url}${keysPath}?edit=${own.id}`);
  await waitForHydration(page);
  await expect(page.getByRole("alert")).toContainText("no longer exists");
  await expect(new KeyEditor(page, "Edit API key").dialog).toBeHidden();
});

test("an unknown page is answered 404 with a link back", async ({ page, keyhatch, pageChecks, signedIn: _ }) => {
  pageChecks.allow(/status of 404/);
  const answer = await page.goto(`${keyhatch.url}/settings/nothing`);
  expect(answer?.status()).toBe(404);
  await page.getByRole("link").first().click();
  await expect(keysHeading(page)).toBeVisible();
});

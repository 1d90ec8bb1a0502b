// The operator's policy on the page: fixed privileges, a required whitelist, a single environment, a maximum lifetime.
// Each describe block has its own keyhatch.toml.
import { press, reach, typeInto } from "../support/keyboard";
import { expectAccessible, expectNoWiderThanScreen } from "../support/page-checks";
import { RevealDialog, KeyEditor, addKey, keysPath, openAdd, openEdit, openExplainPanel, rows, visit } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, testWithOwnServer as test } from "../support/test";

test.describe("fixed privileges", () => {
  test.use({ config: "[keys]\nprivileges_fixed = true\n" });

  test("are chosen at creation and read-only afterwards, with the reason", async ({ page, keyhatch, signedIn: _ }) => {
    const add = await openAdd(page);
    await expect(add.dialog.getByText("privileges cannot be changed later")).toBeVisible();
    await add.name.fill("Shop");
    await add.privilege("Orders: Write").check();
    await add.save.click();
    await closeReveal(page);
    await expect(rows(page)).toContainText("Orders: Write");

    await visit(page, keyhatch.url + keysPath);
    const edit = await openEdit(page, "Shop");
    await expect(edit.dialog.getByText("Privileges were set when the key was created and cannot be changed.")).toBeVisible();
    for (const box of await edit.dialog.getByRole("checkbox").all()) await expect(box).toBeDisabled();
    await expect(edit.privilege("Orders: Write")).toBeChecked();
    await expect(edit.privilege("Orders: Read")).not.toBeChecked();
    await expectAccessible(page);
    await edit.name.fill("Web shop");
    await edit.whitelist.fill("203.0.113.7");
    await edit.save.click();
    await expect(edit.dialog).toBeHidden();
    await expect(rows(page)).toContainText("Web shop");
    await expect(rows(page)).toContainText("Orders: Write");
  });

  test("are enforced by the server even if the page is bypassed", async ({ page, keyhatch, signedIn, pageChecks }) => {
    pageChecks.allow(/422/);
    await keyhatch.createKey(signedIn.id, "Shop", { privileges: ["orders:write"] });
    await visit(page, keyhatch.url + keysPath);
    const edit = await openEdit(page, "Shop");
    const id = new URL(page.url()).searchParams.get("edit");
    const account = await page.locator("input[name=account]").first().inputValue();
    const fields = Object.entries({ do: "update", account, id, name: "Shop", all_privileges: "on", next: keysPath });
    const answer = await page.evaluate(async (fields) => {
      const headers = { "content-type": "application/json" };
      const sent = await fetch("/api/console/keys/form", { method: "POST", headers, body: JSON.stringify({ fields }) });
      return { status: sent.status, body: await sent.text() };
    }, fields);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain("cannot be changed afterwards");
    await edit.cancel.click();
  });
});

test.describe("a required whitelist", () => {
  test.use({ config: "[keys]\nwhitelist_required = true\n" });

  test("is enforced in the editor, also by keyboard", async ({ page, signedIn: _ }) => {
    await press(page, addKey(page));
    const add = new KeyEditor(page, "Add API key");
    await expect(add.dialog.getByText("A key works only from the addresses listed here. List at least one.")).toBeVisible();
    await expect(add.dialog.getByText("Any address may use this key.")).toHaveCount(0);
    await expect(add.dialog.getByText("Leave empty to allow any address.")).toHaveCount(0);
    await typeInto(page, add.name, "Shop");
    await press(page, add.save);
    const message = add.dialog.getByText("Enter at least one IP, range or CIDR");
    await expect(message).toBeVisible();
    await expect(add.whitelist).toBeFocused();
    await expect(add.whitelist).toHaveAttribute("aria-invalid", "true");
    await expectAccessible(page);
    await typeInto(page, add.whitelist, "203.0.113.0/24");
    await expect(add.dialog.getByText("List at least one.")).toBeHidden();
    await press(page, add.save);
    await expect(new RevealDialog(page).key).toBeVisible();
    await closeReveal(page);

    const edit = await openEdit(page, "Shop");
    await edit.whitelist.fill("");
    await edit.save.click();
    await expect(edit.dialog.getByText("Enter at least one IP, range or CIDR")).toBeVisible();
    await expect(edit.name).toHaveValue("Shop");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoWiderThanScreen(page);
  });
});

test.describe("one environment", () => {
  test.use({ config: '[keys]\nenvironments = ["sandbox"]\nchannels = ["rest", "ftp"]\nlast_chars_shown = 8\n' });

  test("hides the choice and the filter", async ({ page, keyhatch, signedIn }) => {
    const add = await openAdd(page);
    await expect(add.dialog.getByRole("radio")).toHaveCount(0);
    await expect(add.dialog.locator("header").getByText("Sandbox")).toBeVisible();
    await add.name.fill("Shop");
    await add.save.click();
    const reveal = new RevealDialog(page);
    await expect(reveal.key).toHaveValue(/^kh_test_/);
    const key = await reveal.key.inputValue();
    await closeReveal(page);
    await expect(page.getByRole("group", { name: "Environment" })).toHaveCount(0);
    await expect(rows(page)).toContainText(`kh_test_…${key.slice(-8)}`);
    const edit = await openEdit(page, "Shop");
    await expect(edit.dialog.getByText("Environment")).toHaveCount(0);
    await edit.cancel.click();

    // Keys created on the command line get the only environment as well.
    const made = await keyhatch.createKeyByCommand(signedIn.id, "By hand");
    expect(made.key).toMatch(/^kh_test_/);
    await expect(keyhatch.createKeyByCommand(signedIn.id, "Live", { environment: "live" })).rejects.toThrow(
      /--environment.*There is no live environment here\. Choose sandbox\./,
    );

    const explain = await openExplainPanel(page, "Shop");
    await expect(explain.channel.getByRole("option")).toHaveText(["None", "rest", "ftp"]);
    await explain.channel.selectOption("ftp");
    await explain.test.click();
    await expect(explain.answer).toContainText("Allowed");
  });
});

test.describe("maximum lifetime", () => {
  test.use({ config: '[keys]\nlifetime_max = "90d"\ndefault_expiry = "30d"\n' });

  test("presets a default expiry and refuses a later one", async ({ page, signedIn: _ }) => {
    const add = await openAdd(page);
    await expect(add.limit("Expires")).toBeVisible();
    await expect(add.limit("Expires").getByRole("option")).toHaveText(["30 days", "90 days", "On a date…"]);
    await expect(add.limit("Expires")).toHaveValue("30d");
    await expect(add.dialog.getByText("At most 90 days from now.")).toBeVisible();
    await add.name.fill("Shop");
    await add.limit("Expires").selectOption("On a date…");
    await add.limit("Expires at (UTC)").fill(new Date(Date.now() + 91 * 86_400_000).toISOString().slice(0, 16));
    await add.save.click();
    const message = add.dialog.getByText(/A key lasts at most 90 days here\. Choose an end up to \d+ \w+ \d{4}, \d\d:\d\d UTC\./);
    await expect(message).toBeVisible();
    await expectAccessible(page);
    await add.limit("Expires").selectOption("90 days");
    await add.save.click();
    await closeReveal(page);
    await expect(rows(page)).toContainText("Shop");

    // The next new key starts with the operator's default again.
    await openAdd(page);
    await expect(add.limit("Expires")).toHaveValue("30d");
    await reach(page, add.limit("Expires"));
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoWiderThanScreen(page);
  });
});

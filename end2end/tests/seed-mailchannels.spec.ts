// MailChannels' "What is an API key?", step by step, with examples/mailchannels.toml: a label and a fixed scope, X-Api-Key
// at the gate, revocation, sub-account keys managed with the parent's key, and 100 keys per account and sub-account,
// counted separately.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { curl } from "../support/curl";
import { expectAccessible } from "../support/page-checks";
import { RevealDialog, Words, chooseAction, confirmDeletion, deleteDialog, openAdd, openEdit, rows, visit, keysPath, words } from "../support/screen";
import { closeReveal } from "../support/steps";
import { expect, testWithOwnServer as test } from "../support/test";

/** The words of its page. */
const own: Words = {
  ...words,
  addKey: "Create API Key",
  addTitle: "Create API Key",
  name: "Label",
  create: "Create API Key",
  deleteTitle: "Revoke API Key",
  delete: "Revoke API Key",
};

test.use({ config: readFileSync(resolve(__dirname, "../../examples/mailchannels.toml"), "utf8") });

test("a key has an editable label and a fixed scope and is revoked", async ({ page, keyhatch, signedIn: _ }) => {
  let key = "";

  await test.step("create an API key: a descriptive label, the scope Sending Email", async () => {
    const editor = await openAdd(page, own);
    await editor.name.fill("Transactional mail of the shop, production");
    await editor.privilege("Sending Email: Use").check();
    await expectAccessible(page);
    await editor.save.click();
    const reveal = new RevealDialog(page);
    key = await reveal.key.inputValue();
    expect(key).toMatch(/^mc_live_/);
    await closeReveal(page);
  });

  await test.step("the full key was shown exactly once; afterwards it is redacted", async () => {
    await visit(page, keyhatch.url + keysPath);
    await expect(rows(page)).toContainText(`mc_live_…${key.slice(-5)}`);
    expect(await page.content()).not.toContain(key.slice(-6));
  });

  await test.step("the scope cannot be changed afterwards, the label can", async () => {
    const edit = await openEdit(page, "Transactional mail of the shop, production", own);
    for (const box of await edit.dialog.getByRole("checkbox").all()) await expect(box).toBeDisabled();
    await expect(edit.privilege("Sending Email: Use")).toBeChecked();
    await edit.name.fill("Mail of the shop");
    await edit.save.click();
    await expect(edit.dialog).toBeHidden();
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "api:use" })).toBe("VALID");
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "inbound:use" })).toBe("PRIVILEGE_MISSING");
  });

  await test.step("authenticate a request: X-Api-Key", async () => {
    const ask = (...more: string[]) => curl(`${keyhatch.gate}/auth/nginx?privilege=api:use`, "-H", "X-Real-IP: 203.0.113.7", ...more);
    expect((await ask("-H", `X-Api-Key: ${key}`)).status).toBe(200);
    expect((await ask()).status).toBe(401);
  });

  await test.step("revoke: a dialog asks; all subsequent requests fail", async () => {
    await chooseAction(page, "Mail of the shop", "Revoke");
    await expect(deleteDialog(page, own)).toContainText("Mail of the shop");
    await expectAccessible(page);
    // It is in use, so its name is asked for.
    await confirmDeletion(page, "Mail of the shop", own);
    expect(await keyhatch.verify(key, "203.0.113.7", { privilege: "api:use" })).toBe("NOT_FOUND");
  });
});

test("the parent's key manages sub-account keys within separate limits", async ({ page, keyhatch, signedIn: { id } }) => {
  await page.goto(`${keyhatch.url}/settings/sub-accounts`);
  await page.getByRole("textbox", { name: "Name" }).fill("Customer 17");
  await page.getByRole("button", { name: "Add sub-account" }).click();
  await expect(page.getByRole("table", { name: "Sub-accounts" })).toContainText("Customer 17");
  const handle = await page.locator("input[name=id]").first().inputValue();
  const parent = await keyhatch.createKey(id, "Provisioning", { privileges: ["sub-accounts:read", "sub-accounts:write", "api:use"] });
  const keys = `${keyhatch.url}/api/v1/accounts/${handle}/keys`;
  const asParent = ["-H", `X-Api-Key: ${parent.key}`];
  const json = ["-H", "Content-Type: application/json"];
  const create = (name: string, ...more: string[]) =>
    curl("-X", "POST", keys, ...asParent, ...json, "-d", JSON.stringify({ name, privileges: ["api:use"] }), ...more);

  const made = await create("Till 1", "-H", "Idempotency-Key: till-1");
  await test.step("creating a key", async () => {
    expect(made.status).toBe(201);
    expect(made.json.key).toMatch(/^mc_live_/);
    expect(await keyhatch.verify(made.json.key, "203.0.113.7", { privilege: "api:use" })).toBe("VALID");
    const again = await create("Till 1", "-H", "Idempotency-Key: till-1");
    expect([again.status, again.json.id, again.json.key]).toEqual([200, made.json.id, null]);
    const stronger = await curl("-X", "POST", keys, ...asParent, ...json, "-d", '{"name":"Stronger","privileges":["inbound:use"]}');
    expect([stronger.status, stronger.json.errors[0].field]).toEqual([422, "privileges"]);
  });

  await test.step("listing keys, redacted", async () => {
    const { status, json: list } = await curl(keys, ...asParent);
    expect([status, list.keys.length, list.keys[0].masked]).toEqual([200, 1, `mc_live_…${made.json.key.slice(-5)}`]);
    expect(JSON.stringify(list)).not.toContain(made.json.key.slice(-6));
  });

  await test.step("never those of its own account", async () => {
    const own = `${keyhatch.url}/api/v1/accounts/${id}/keys`;
    expect((await curl(own, ...asParent)).status).toBe(403);
    expect((await curl("-X", "POST", own, ...asParent, ...json, "-d", '{"name":"More"}')).status).toBe(403);
    expect((await curl("-X", "DELETE", `${own}/${parent.id}`, ...asParent)).status).toBe(403);
  });

  await test.step("100 keys for the sub-account, which do not count towards the account's limit", async () => {
    for (let n = 2; n <= 100; n++) await keyhatch.createKey(handle, `Till ${n}`, { privileges: ["api:use"] }, parent.key);
    const past = await create("Till 101");
    expect([past.status, past.json.code]).toEqual([409, "too_many_keys"]);
    expect(past.json.detail).toContain("It has 100. Delete one that is not used");
    await visit(page, keyhatch.url + keysPath);
    await expect(page.getByText("1 of 100 keys")).toBeVisible();
    for (let n = 2; n <= 100; n++) await keyhatch.createKey(id, `Own ${n}`);
    await expect(keyhatch.createKey(id, "Own 101")).rejects.toThrow(/too_many_keys/);
    await page.reload();
    await expect(page.getByText("100 of 100 keys")).toBeVisible();
  });

  await test.step("deleting a key", async () => {
    const { status } = await curl("-X", "DELETE", `${keys}/${made.json.id}`, ...asParent);
    expect(status).toBe(204);
    expect(await keyhatch.verify(made.json.key, "203.0.113.7", { privilege: "api:use" })).toBe("NOT_FOUND");
    expect((await create("Till 101")).status).toBe(201);
  });
});

// Page objects: pages, dialogs and menus by the names that they have on screen. Expectations about a feature belong into
// the tests.
import { Locator, Page, expect } from "@playwright/test";
import { Credentials } from "./keyhatch";
import { waitForHydration } from "./page-checks";

export const keysPath = "/settings/api-keys";

/** The names of the controls that an operator may call otherwise, in English. */
export const words = {
  heading: "API Keys",
  addKey: "Add Key",
  addTitle: "Add API key",
  name: "Name",
  create: "Save",
  editKey: "Edit Key",
  rotateKey: "Rotate Key",
  rotateTitle: "Rotate API key",
  rotate: "Rotate Key",
  deleteTitle: "Delete API key",
  delete: "Delete Key",
};
export type Words = typeof words;

export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitForHydration(page);
}

export async function setUp(page: Page, link: string, account: string, credentials: Credentials): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "Account name" }).fill(account);
  await page.getByRole("textbox", { name: "Email" }).fill(credentials.email);
  await page.getByLabel("Password").fill(credentials.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(keysHeading(page)).toBeVisible();
}

export async function fillSignIn(page: Page, credentials: Credentials): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(credentials.email);
  await page.getByLabel("Password").fill(credentials.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in on the sign-in page and opens the list of keys. */
export async function signIn(page: Page, url: string, credentials: Credentials): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await fillSignIn(page, credentials);
  await expect(page.getByRole("button", { name: credentials.email })).toBeVisible();
  await visit(page, url + keysPath);
  await expect(keysHeading(page)).toBeVisible();
}

export async function signOut(page: Page, credentials: Credentials): Promise<void> {
  await page.getByRole("button", { name: credentials.email }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
}

export const keysHeading = (page: Page, name = words.heading): Locator =>
  page.getByRole("heading", { name, exact: true, level: 1 });

// On a small screen, the one at the foot of the screen.
export const addKey = (page: Page, name = words.addKey): Locator =>
  page.getByRole("link", { name }).filter({ visible: true }).first();

/** The rows of the list of keys, without its header. */
export const rows = (page: Page): Locator =>
  page.getByRole("table", { name: "API keys" }).getByRole("row").filter({ hasNot: page.getByRole("columnheader") });

export const actionsFor = (page: Page, name: string): Locator =>
  page.getByRole("button", { name: `Actions for ${name}`, exact: true });

/** Chooses from the actions menu of a key. */
export async function chooseAction(page: Page, name: string, action: string): Promise<void> {
  await actionsFor(page, name).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

/** The panel in which a key is added or edited. */
export class KeyEditor {
  readonly dialog: Locator;
  readonly name: Locator;
  readonly whitelist: Locator;
  readonly save: Locator;
  readonly cancel: Locator;

  constructor(page: Page, title: string, own: Words = words) {
    this.dialog = page.getByRole("dialog", { name: title });
    this.name = this.dialog.getByRole("textbox", { name: own.name });
    this.whitelist = this.dialog.getByRole("textbox", { name: "IP whitelist" });
    this.save = this.dialog.getByRole("button", { name: title === own.addTitle ? own.create : "Save" });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel" });
  }

  privilege(name: string): Locator {
    return this.dialog.getByRole("checkbox", { name });
  }

  environment(name: "Live" | "Sandbox"): Locator {
    return this.dialog.getByRole("radiogroup", { name: "Environment" }).getByRole("radio", { name });
  }

  /** The collapsible section. */
  get limits(): Locator {
    return this.dialog.getByRole("group").filter({ hasText: "Limits and expiry" });
  }

  get limitsHead(): Locator {
    return this.dialog.getByText("Limits and expiry", { exact: true });
  }

  /** A field of that section. */
  limit(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true });
  }
}

/** The panel that shows what the gate would decide, check by check. */
export class ExplainPanel {
  readonly dialog: Locator;
  readonly address: Locator;
  readonly privilege: Locator;
  readonly channel: Locator;
  readonly cost: Locator;
  readonly test: Locator;
  readonly answer: Locator;
  readonly checks: Locator;
  readonly edit: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Test API key" });
    this.address = this.dialog.getByRole("textbox", { name: "Address" });
    this.privilege = this.dialog.getByRole("combobox", { name: "Privilege" });
    this.channel = this.dialog.getByRole("combobox", { name: "Channel" });
    this.cost = this.dialog.getByRole("textbox", { name: "Cost" });
    this.test = this.dialog.getByRole("button", { name: "Test" });
    this.answer = this.dialog.getByRole("status");
    this.checks = this.answer.getByRole("listitem");
    this.edit = this.answer.getByRole("button", { name: "Edit Key" });
  }
}

export async function openExplainPanel(page: Page, name: string): Promise<ExplainPanel> {
  await chooseAction(page, name, "Test this key");
  const explain = new ExplainPanel(page);
  await expect(explain.address).toBeVisible();
  await waitForHydration(page);
  return explain;
}

/** A link of the list's environment filter. */
export const environmentFilter = (page: Page, name: "All" | "Live" | "Sandbox"): Locator =>
  page.getByRole("group", { name: "Environment" }).getByRole("link", { name, exact: true });

export async function openAdd(page: Page, own: Words = words): Promise<KeyEditor> {
  await addKey(page, own.addKey).click();
  const editor = new KeyEditor(page, own.addTitle, own);
  await expect(editor.name).toBeVisible();
  await waitForHydration(page);
  return editor;
}

export async function openEdit(page: Page, name: string, own: Words = words): Promise<KeyEditor> {
  await chooseAction(page, name, own.editKey);
  const editor = new KeyEditor(page, "Edit API key", own);
  await expect(editor.name).toHaveValue(name);
  await waitForHydration(page);
  return editor;
}

/** The dialog that shows a new secret, once. */
export class RevealDialog {
  readonly dialog: Locator;
  readonly key: Locator;
  readonly copy: Locator;
  readonly pdf: Locator;
  readonly done: Locator;

  constructor(page: Page, title: "API key created" | "API key rotated" = "API key created") {
    this.dialog = page.getByRole("dialog", { name: title });
    this.key = this.dialog.getByRole("textbox", { name: "API key" });
    this.copy = this.dialog.getByRole("button", { name: "Copy", exact: true });
    this.pdf = this.dialog.getByRole("button", { name: "Download PDF" }).or(this.dialog.getByRole("link", { name: "Download PDF" }));
    this.done = this.dialog.getByRole("button", { name: "Done" });
  }
}

/** The dialog that rotates a key's secret. */
export class RotateDialog {
  readonly dialog: Locator;
  readonly confirm: Locator;
  readonly cancel: Locator;

  constructor(page: Page, own: Words = words) {
    this.dialog = page.getByRole("dialog", { name: own.rotateTitle });
    this.confirm = this.dialog.getByRole("button", { name: own.rotate });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel" });
  }

  /** How long the old secret stays valid. */
  overlap(name: string | RegExp): Locator {
    return this.dialog.getByRole("radio", { name });
  }
}

export async function openRotateDialog(page: Page, name: string, own: Words = words): Promise<RotateDialog> {
  await chooseAction(page, name, own.rotateKey);
  const rotate = new RotateDialog(page, own);
  await expect(rotate.dialog).toBeVisible();
  await waitForHydration(page);
  return rotate;
}

/** Chooses from the menu of the list's status filter. */
export async function filterByState(page: Page, name: "All" | "Disabled" | "Expired" | "Deleted"): Promise<void> {
  await page.getByRole("button", { name: /^Status:/ }).click();
  await page.getByRole("menu", { name: "Status" }).getByRole("menuitem", { name, exact: true }).click();
}

export const searchBox = (page: Page): Locator => page.getByRole("searchbox", { name: "Search keys" });

/** Searches the list, which loads it anew. */
export async function searchFor(page: Page, text: string): Promise<void> {
  await searchBox(page).fill(text);
  await Promise.all([page.waitForEvent("domcontentloaded"), searchBox(page).press("Enter")]);
}

/** What the last act did, said by a visible element with the role status. */
export const notice = (page: Page, text: string | RegExp): Locator => page.getByRole("status").filter({ hasText: text });

/** The visible rows of properties on the page of a key, which is opened from the list. */
export async function openKeyPage(page: Page, name: string): Promise<Locator> {
  await rows(page).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return page.getByRole("main");
}

export const selectKey = (page: Page, name: string): Locator => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

/** The bulk actions for the selected keys. */
export const bulkActions = (page: Page): Locator => page.getByRole("group", { name: "Selected keys" });

/** Confirms the deletion of one key; of a key in use the dialog asks for the name. */
export async function confirmDeletion(page: Page, nameOfUsedKey?: string, own: Words = words): Promise<void> {
  const dialog = deleteDialog(page, own);
  if (nameOfUsedKey) await dialog.getByRole("textbox", { name: `Type ${nameOfUsedKey} to confirm` }).fill(nameOfUsedKey);
  await dialog.getByRole("button", { name: own.delete }).click();
  await expect(dialog).toBeHidden();
}

export const deleteDialog = (page: Page, own: Words = words): Locator => page.getByRole("dialog", { name: own.deleteTitle });

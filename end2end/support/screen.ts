// The names on screen, once: pages, dialogs and what is done with them. No expectations about a feature belong here.
import { Locator, Page, expect } from "@playwright/test";
import { Person } from "./keyhatch";
import { started } from "./page-checks";

export const keysPath = "/settings/api-keys";

export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await started(page);
}

export async function setUp(page: Page, link: string, account: string, person: Person): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "Account name" }).fill(account);
  await page.getByRole("textbox", { name: "Email" }).fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(heading(page)).toBeVisible();
}

export async function fillSignIn(page: Page, person: Person): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in and opens the list of keys. */
export async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await fillSignIn(page, person);
  await expect(page.getByRole("button", { name: person.email })).toBeVisible();
  await visit(page, url + keysPath);
  await expect(heading(page)).toBeVisible();
}

export async function signOut(page: Page, person: Person): Promise<void> {
  await page.getByRole("button", { name: person.email }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
}

export const heading = (page: Page): Locator => page.getByRole("heading", { name: "API Keys", exact: true, level: 1 });

// The empty list offers it a second time.
export const addKey = (page: Page): Locator =>
  page.getByRole("link", { name: "Add Key" }).or(page.getByRole("button", { name: "Add Key" })).first();

/** The rows of the list, without its head. */
export const rows = (page: Page): Locator =>
  page.getByRole("table", { name: "API keys" }).getByRole("row").filter({ hasNot: page.getByRole("columnheader") });

export const actionsFor = (page: Page, name: string): Locator =>
  page.getByRole("button", { name: `Actions for ${name}`, exact: true });

export async function choose(page: Page, name: string, action: string): Promise<void> {
  await actionsFor(page, name).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

/** The panel in which a key is added or edited. */
export class Slider {
  readonly dialog: Locator;
  readonly name: Locator;
  readonly whitelist: Locator;
  readonly save: Locator;
  readonly cancel: Locator;

  constructor(page: Page, title: "Add API key" | "Edit API key") {
    this.dialog = page.getByRole("dialog", { name: title });
    this.name = this.dialog.getByRole("textbox", { name: "Name" });
    this.whitelist = this.dialog.getByRole("textbox", { name: "IP whitelist" });
    this.save = this.dialog.getByRole("button", { name: "Save" });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel" });
  }

  privilege(name: string): Locator {
    return this.dialog.getByRole("checkbox", { name });
  }

  environment(name: "Live" | "Sandbox"): Locator {
    return this.dialog.getByRole("radiogroup", { name: "Environment" }).getByRole("radio", { name });
  }

  /** The part that may be closed. */
  get limits(): Locator {
    return this.dialog.getByRole("group").filter({ hasText: "Limits and expiry" });
  }

  get limitsHead(): Locator {
    return this.dialog.getByText("Limits and expiry", { exact: true });
  }

  /** A box or a choice of that part. */
  limit(name: string): Locator {
    return this.dialog.getByLabel(name, { exact: true });
  }
}

/** The slider in which a key is tested. */
export class Tester {
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

export async function openTester(page: Page, name: string): Promise<Tester> {
  await choose(page, name, "Test this key");
  const tester = new Tester(page);
  await expect(tester.address).toBeVisible();
  return tester;
}

/** The choice of the list: All, Live, Sandbox. */
export const narrowTo = (page: Page, name: "All" | "Live" | "Sandbox"): Locator =>
  page.getByRole("group", { name: "Environment" }).getByRole("link", { name, exact: true });

export async function openAdd(page: Page): Promise<Slider> {
  await addKey(page).click();
  const slider = new Slider(page, "Add API key");
  await expect(slider.name).toBeVisible();
  return slider;
}

export async function openEdit(page: Page, name: string): Promise<Slider> {
  await choose(page, name, "Edit Key");
  const slider = new Slider(page, "Edit API key");
  await expect(slider.name).toHaveValue(name);
  return slider;
}

/** The dialog that shows a new key, once. */
export class Reveal {
  readonly dialog: Locator;
  readonly key: Locator;
  readonly copy: Locator;
  readonly pdf: Locator;
  readonly done: Locator;

  constructor(page: Page, title: "API key created" | "API key rotated" = "API key created") {
    this.dialog = page.getByRole("dialog", { name: title });
    this.key = this.dialog.getByRole("textbox", { name: "API key" });
    this.copy = this.dialog.getByRole("button", { name: "Copy" });
    this.pdf = this.dialog.getByRole("button", { name: "Download PDF" }).or(this.dialog.getByRole("link", { name: "Download PDF" }));
    this.done = this.dialog.getByRole("button", { name: "Done" });
  }
}

/** The dialog in which a key's value is changed. */
export class Change {
  readonly dialog: Locator;
  readonly change: Locator;
  readonly cancel: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Rotate API key" });
    this.change = this.dialog.getByRole("button", { name: "Rotate Key" });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel" });
  }

  /** How long the old key goes on working. */
  overlap(name: string | RegExp): Locator {
    return this.dialog.getByRole("radio", { name });
  }
}

export async function openChange(page: Page, name: string): Promise<Change> {
  await choose(page, name, "Rotate Key");
  const change = new Change(page);
  await expect(change.dialog).toBeVisible();
  return change;
}

/** The list of keys in one state. */
export const inState = (page: Page, name: "All" | "Disabled" | "Expired" | "Deleted"): Locator =>
  page.getByRole("group", { name: "State" }).getByRole("link", { name, exact: true });

export const selectKey = (page: Page, name: string): Locator => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

/** What can be done to the selected keys. */
export const bar = (page: Page): Locator => page.getByRole("group", { name: "Selected keys" });

export const deleteDialog = (page: Page): Locator => page.getByRole("dialog", { name: "Delete API key" });

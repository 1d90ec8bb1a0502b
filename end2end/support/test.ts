// `test` as the files in tests/ use it: a Keyhatch, an account, an nginx on request, and the checks that hold on every
// page. Most tests share the server of their Playwright worker and have an account of their own.
import { test as base } from "@playwright/test";
import { Account, Keyhatch } from "./keyhatch";
import { Nginx } from "./nginx";
import { PageChecks } from "./page-checks";
import { resumeSession } from "./steps";

interface Fixtures {
  pageChecks: PageChecks;
  /** The server of the test: the worker's, or one of its own with `testWithOwnServer`. */
  keyhatch: Keyhatch;
  nginx: Nginx;
  /** An account of the test's own, whose owner is signed in; `page` shows its list of keys. */
  signedIn: Account;
}

interface WorkerFixtures {
  /** Default configuration, SQLite; started once per Playwright worker. */
  workerKeyhatch: Keyhatch;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  workerKeyhatch: [
    async ({}, use) => {
      const keyhatch = await Keyhatch.start();
      await use(keyhatch);
      await keyhatch.remove();
    },
    { scope: "worker" },
  ],
  pageChecks: [
    async ({ context }, use) => {
      const checks = await PageChecks.watch(context);
      await use(checks);
      checks.expectNone();
    },
    { auto: true },
  ],
  keyhatch: async ({ workerKeyhatch }, use, info) => {
    const logBefore = workerKeyhatch.log.length;
    await use(workerKeyhatch);
    if (info.status !== info.expectedStatus) await info.attach("keyhatch.log", { body: workerKeyhatch.log.slice(logBefore) });
  },
  nginx: async ({ keyhatch }, use) => {
    const nginx = await Nginx.start(keyhatch.gate);
    await use(nginx);
    await nginx.stop();
  },
  signedIn: async ({ keyhatch, page, pageChecks: _ }, use) => {
    const account = await keyhatch.createAccount();
    await resumeSession(page, keyhatch.url, account.owner);
    await use(account);
  },
});

interface OwnServerFixtures {
  /** The text of its `keyhatch.toml`; `test.use({ config })` sets it. Empty for the defaults. */
  config: string;
}

/**
 * For tests that need a server of their own: another configuration, the set-up link, a stop or a restart, rows written
 * past Keyhatch, or more failed sign-ins than one address may have.
 */
export const testWithOwnServer = test.extend<OwnServerFixtures>({
  config: ["", { option: true }],
  keyhatch: async ({ pageChecks, config }, use, info) => {
    const keyhatch = await Keyhatch.start(undefined, config);
    await use(keyhatch);
    pageChecks.stop();
    await keyhatch.remove();
    if (info.status !== info.expectedStatus) await info.attach("keyhatch.log", { body: keyhatch.log });
  },
});

export { expect } from "@playwright/test";

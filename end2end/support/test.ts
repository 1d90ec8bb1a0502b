// `test` as the files in tests/ use it: each gets a Keyhatch of its own, an nginx when it asks for one, and the checks
// that hold on every page.
import { test as base } from "@playwright/test";
import { Keyhatch, Person } from "./keyhatch";
import { Nginx } from "./nginx";
import { PageChecks } from "./page-checks";
import { signIn } from "./screen";

interface Fixtures {
  /** The text of its `keyhatch.toml`; `test.use({ config })` sets it. Empty for the defaults. */
  config: string;
  pageChecks: PageChecks;
  /** Started for the first time: nobody has set it up. */
  keyhatch: Keyhatch;
  nginx: Nginx;
  /** An account whose owner is signed in, the list of keys open in `page`. */
  signedIn: { account: string; owner: Person };
}

export const test = base.extend<Fixtures>({
  pageChecks: [
    async ({ context }, use) => {
      const checks = await PageChecks.watch(context);
      await use(checks);
      checks.expectNone();
    },
    { auto: true },
  ],
  config: ["", { option: true }],
  keyhatch: async ({ pageChecks, config }, use, info) => {
    const keyhatch = await Keyhatch.start(undefined, config);
    await use(keyhatch);
    pageChecks.end();
    await keyhatch.remove();
    if (info.status !== info.expectedStatus) await info.attach("keyhatch.log", { body: keyhatch.log });
  },
  nginx: async ({ keyhatch }, use) => {
    const nginx = await Nginx.start(keyhatch.gate);
    await use(nginx);
    await nginx.stop();
  },
  signedIn: async ({ keyhatch, page, pageChecks: _ }, use) => {
    const { id, owner } = await keyhatch.createAccount();
    await signIn(page, keyhatch.url, owner);
    await use({ account: id, owner });
  },
});

export { expect } from "@playwright/test";

// How the browser tests run: Debian's Chromium, two at a time. What they need (a Keyhatch, an nginx) each test
// starts by itself, on free loopback ports. One that fails is tried once more, because a machine that stands still for
// seconds is no fault of ours; the run names every test that needed it.
import { defineConfig } from "@playwright/test";

const report = process.env.REPORT;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 820 },
    locale: "en-GB",
    actionTimeout: 15_000,
    trace: "off",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "chromium", testIgnore: "pictures.spec.ts" },
    ...(process.env.PICTURES ? [{ name: "pictures", testMatch: "pictures.spec.ts" }] : []),
  ],
});

// How the browser tests run: in Debian's Chromium, two at a time. The servers that they need are started by fixtures, on
// free loopback ports (support/test.ts). A failed test is not retried: a flaky test is a defect.
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
      args: ["--no-sandbox", "--disable-gpu"],
    },
  },
  projects: [
    { name: "chromium", testIgnore: "pictures.spec.ts" },
    ...(process.env.PICTURES ? [{ name: "pictures", testMatch: "pictures.spec.ts" }] : []),
  ],
});

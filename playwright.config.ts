import { defineConfig } from "@playwright/test";
import { installedBrowser } from "./scripts/browser.ts";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // One product at a time: two cores carry a database, three processes and a browser.
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: process.env.E2E_REPORT || "test-results/report.json" }]],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: installedBrowser() ?? "",
      // Only the resolver rule keeps Chromium's own update and account calls inside the machine.
      args: [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});

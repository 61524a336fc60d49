import { heartNouns } from "./scripts/heart.ts";

/**
 * `npm run mutate`: changes the deciding nouns in thousands of small ways, and a test has to notice each. A part:
 * `npm run mutate -- --mutate lib/threads/window.ts`. Results are kept, so that a later run tries only what is new.
 */
export default {
  mutate: heartNouns(),
  // Tables, schemas and constants, read once while loading: each change would need every test there is.
  ignoreStatic: true,
  testRunner: "vitest",
  vitest: { configFile: "vitest.heart.config.ts", related: false },
  coverageAnalysis: "perTest",
  incremental: true,
  incrementalFile: ".data/mutation/results.json",
  tempDirName: ".data/mutation/sandbox",
  reporters: ["clear-text", "progress", "html"],
  htmlReporter: { fileName: ".data/mutation/report.html" },
  ignorePatterns: [".data", ".next", "app", "bench", "components", "docs", "e2e", "messages", "public", "sandbox"],
  disableTypeChecks: false,
  // Vitest needs none, and the TypeScript here has no API to rewrite one with.
  tsconfigFile: "none",
  thresholds: { high: 90, low: 80, break: 80 },
};

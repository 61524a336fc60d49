import { defineConfig } from "vitest/config";
import { heartNouns, heartRooms } from "./scripts/heart.ts";

/**
 * How much of the deciding nouns their plain tests run through (`npm run coverage`), and which changes of them those
 * tests notice (`npm run mutate`). Properties and the database's tests may not help: a case anybody can read must.
 */
const BRANCHES = 95;

export default defineConfig({
  test: {
    include: heartRooms.map((room) => `lib/${room}/*.test.ts`),
    exclude: ["**/*.db.test.ts", "**/*.property.test.ts"],
    env: { TZ: "UTC" },
    // They share nothing, and thousands of runs need no thread of their own for each file.
    isolate: false,
    testTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: heartNouns(),
      reporter: ["text", "html"],
      reportsDirectory: ".data/coverage",
      skipFull: true,
      thresholds: Object.fromEntries(heartRooms.map((room) => [`lib/${room}/*.ts`, { branches: BRANCHES }])),
    },
  },
});

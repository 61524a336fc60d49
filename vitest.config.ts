import { defineConfig } from "vitest/config";

const alias = { "server-only": `${import.meta.dirname}/node_modules/server-only/empty.js` };
const exclude = ["node_modules/**", ".next/**", ".data/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts"],
          env: { TZ: "UTC" },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          env: { TZ: "UTC" },
          globalSetup: ["prisma/test-server.ts"],
          setupFiles: ["prisma/test-database.ts"],
          hookTimeout: 30_000,
          testTimeout: 20_000,
        },
      },
    ],
  },
});

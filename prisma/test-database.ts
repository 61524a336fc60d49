import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { runAlone, withDatabase } from "../scripts/migration-adapter.ts";

/** Before each test file: a database of its own, cloned from the template, and the settings of a test run. */
const name = `t_${randomUUID().replaceAll("-", "")}`;
const postgresUrl = inject("postgresUrl");
await runAlone(postgresUrl, `CREATE DATABASE ${name} TEMPLATE template_app STRATEGY file_copy`);

Object.assign(process.env, {
  DATABASE_URL: withDatabase(postgresUrl, name),
  APP_URL: "http://localhost:3000",
  AUTH_SECRET: "an-auth-secret-that-only-the-tests-use-0123456789",
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
  META_APP_ID: "1122334455667788",
  META_APP_SECRET: "test-app-secret",
  META_VERIFY_TOKEN: "test-verify-token",
  // Nobody listens here: a test that talks to Meta starts its own sandbox and says where.
  META_GRAPH_URL: "http://127.0.0.1:9",
  META_GRAPH_VERSION: "v26.0",
  LOG_LEVEL: "silent",
});

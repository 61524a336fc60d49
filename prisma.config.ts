import { defineConfig } from "prisma/config";

// Generating, validating and formatting never start the native schema engine; naming any existing
// file keeps the command line from downloading one. Migrations run in WebAssembly, see scripts/.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= `${import.meta.dirname}/package.json`;
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({
  schema: "prisma/schema.prisma",
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset" },
});

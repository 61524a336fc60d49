import { z } from "zod";

/**
 * The settings, read once. A missing or placeholder value stops the process with a sentence that
 * says which one and how to get it. Scripts make what an embedded installation may make for itself.
 */

const PLACEHOLDER = /^(change.?me|placeholder|secret|your.*|xxx+|todo|example|<.*>)$/i;

const secret = (how: string) =>
  z
    .string({ error: `is missing: ${how}` })
    .min(16, `is too short to be a secret: ${how}`)
    .refine((value) => !PLACEHOLDER.test(value.trim()), `still holds a placeholder: ${how}`);

const list = (value: string): string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** `id:base64,…`, the first one is current; each key has 32 bytes. */
const encryptionKeys = z
  .string({ error: "is missing: make one with `openssl rand -base64 32` and write it as `k1:<that>`" })
  .transform((value, context) =>
    list(value).map((part) => {
      const colon = part.indexOf(":");
      const id = part.slice(0, colon);
      const key = Buffer.from(part.slice(colon + 1), "base64");
      if (colon < 1 || key.length !== 32) {
        context.addIssue("must be `id:base64`, with 32 bytes of key each (openssl rand -base64 32)");
      }
      return { id, key };
    }),
  )
  .refine((keys) => keys.length > 0, "must hold at least one key, written `id:base64`");

const placeholderSecret = (value: string) => PLACEHOLDER.test(value) || value.length < 8;

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  APP_URL: z.url("must be the address people open, like https://leads.example.org").default("http://localhost:3000"),
  DATABASE_URL: z.string({ error: "is missing: `npm start` sets it for the embedded PostgreSQL" }).min(1, "is empty"),
  DATA_DIR: z.string().min(1).default(".data/main"),
  MEDIA_STORE: z
    .string()
    .regex(
      /^s3:\/\/[^:@/\s]+:[^@/\s]+@[^/\s]+\/[^/?\s]+/,
      "must look like s3://KEY:SECRET@host/bucket?region=eu-central-1",
    )
    .optional(),
  METRICS_TOKEN: z
    .string()
    .min(16, "must have 16 characters at least: make one with `openssl rand -hex 16`")
    .optional(),
  AUTH_SECRET: secret("make one with `openssl rand -base64 32`"),
  ENCRYPTION_KEYS: encryptionKeys,
  TRUSTED_PROXIES: z.string().default("").transform(list),
  META_APP_ID: z
    .string()
    .regex(/^\d*$/, "must be the number shown in Meta's App Dashboard → Settings → Basic")
    .default(""),
  META_APP_SECRET: z
    .string()
    .default("")
    .transform(list)
    .refine(
      (secrets) => !secrets.some(placeholderSecret),
      "holds a placeholder: copy the App Secret from Meta's App Dashboard → Settings → Basic",
    ),
  META_VERIFY_TOKEN: secret("make one with `openssl rand -hex 16` and enter the same in Meta's App Dashboard"),
  META_GRAPH_URL: z.url("must be an address like https://graph.facebook.com").default("https://graph.facebook.com"),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "must look like v26.0")
    .default("v26.0"),
  META_DIALOG_URL: z.url("must be an address like https://www.facebook.com").default("https://www.facebook.com"),
  META_LOGIN_CONFIG_ID: z
    .string()
    .regex(/^\d*$/, "must be the number of a configuration under Facebook Login for Business in Meta's App Dashboard")
    .default(""),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Settings = z.infer<typeof settings>;

/** The settings of a given environment; throws one sentence per fault, all faults at once. */
export function parseSettings(source: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map((issue) => `Setting ${String(issue.path[0] ?? "")} ${issue.message}.`).join("\n"),
  );
}

let read: Settings | undefined;

/** This process's settings. Read at first use, so that building the pages needs none. */
export const env: Settings = new Proxy<Settings>(Object.create(null), {
  get: (_, name) => {
    read ??= parseSettings(process.env);
    return Reflect.get(read, name);
  },
});

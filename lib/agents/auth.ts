import "server-only";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { nextCookies } from "better-auth/next-js";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { authLine } from "./auth-line.ts";
import { hashPassword, verifyPassword } from "./password.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

function build() {
  return betterAuth({
    appName: "Lead Inbox",
    baseURL: env.APP_URL,
    basePath: "/api/auth",
    secret: env.AUTH_SECRET,
    trustedOrigins: [env.APP_URL],
    telemetry: { enabled: false },
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      // People come in by invitation of an operator (`npm run user`), never by themselves.
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      additionalFields: {
        role: { type: "string", required: false, input: false, defaultValue: "agent" },
        disabledAt: { type: "date", required: false, input: false },
        allPages: { type: "boolean", required: false, input: false, defaultValue: true },
      },
    },
    // Idle 12 h; the absolute end after 7 days is judged in get-viewer.ts.
    session: { expiresIn: 12 * HOUR, updateAge: 5 * MINUTE, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/email": { window: 15 * MINUTE, max: 50 } },
    },
    advanced: {
      database: { generateId: "uuid" },
      useSecureCookies: false,
      cookiePrefix: "__Host-lead-inbox",
      // `__Host-` wants exactly these; browsers take them on http://localhost too.
      defaultCookieAttributes: { secure: true, httpOnly: true, sameSite: "lax", path: "/" },
      // The server in front of Next writes this header itself, from the socket or a trusted proxy.
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const user = await prisma.user.findUnique({ where: { id: session.userId }, select: { disabledAt: true } });
            return user?.disabledAt === null;
          },
        },
      },
    },
    // From warnings on. A level named here would have the library print refusals past this, too.
    logger: {
      log: (level, said, ...more) => log[level === "error" ? "error" : "warn"](authLine(said, more)),
    },
    // What fails is thrown at whoever asked; else the library prints it as it stands, queries and all.
    onAPIError: { throw: true },
    plugins: [nextCookies()],
  });
}

let built: ReturnType<typeof build> | undefined;

/** The sign-in library, made at first use: building the pages needs no settings. */
export function auth(): ReturnType<typeof build> {
  built ??= build();
  return built;
}

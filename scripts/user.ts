import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { role } from "#lib/agents/viewer.ts";
import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";
import { withInstallation } from "./with-installation.ts";

const USAGE = `npm run user -- create --email a@b.c --name "A B" --role admin|manager|agent [--password …]
npm run user -- list
npm run user -- disable --email a@b.c
npm run user -- reset --email a@b.c [--password …]`;

const SHORTEST_PASSWORD = 12;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    email: { type: "string" },
    name: { type: "string" },
    role: { type: "string" },
    password: { type: "string" },
    // Someone who is there already is no fault: for programs that set an installation up.
    "if-missing": { type: "boolean" },
  },
});

const acts: Record<string, () => Promise<void>> = { create, list, disable, reset };

await runCommand(async (group) => {
  const act = acts[positionals[0] ?? ""];
  if (act === undefined) throw new Refusal(USAGE);
  await withInstallation(group, "npm run user", act);
  return 0;
});

async function create(): Promise<void> {
  const email = emailOption();
  const name = options.name?.trim();
  if (!name) throw new Refusal(`A name is missing: --name "A B"`);
  const given = role.safeParse(options.role);
  if (!given.success) throw new Refusal("A role is missing: --role admin, manager or agent");
  const { createUser } = await import("#lib/agents/create-user.ts");
  const { outcome } = await createUser({ email, name, role: given.data, password: await passwordOption() });
  if (outcome === "created") return console.log(`${email} may sign in now.`);
  if (options["if-missing"] !== true)
    throw new Refusal(`${email} is there already. A new password: npm run user -- reset`);
}

async function list(): Promise<void> {
  const { findAgents } = await import("#lib/agents/find-agents.ts");
  const agents = await findAgents();
  for (const { email, role, name, isDisabled } of agents) {
    console.log([email.padEnd(36), role.padEnd(8), name, isDisabled ? "(disabled)" : ""].join(" ").trimEnd());
  }
  if (agents.length === 0) console.log("Nobody yet.");
}

async function disable(): Promise<void> {
  const email = emailOption();
  const { disableUser } = await import("#lib/agents/disable-user.ts");
  if ((await disableUser(email)) === "not-found") throw new Refusal(`Nobody signs in as ${email}.`);
  console.log(`${email} is shut out, and signed out everywhere.`);
}

async function reset(): Promise<void> {
  const email = emailOption();
  const { resetPassword } = await import("#lib/agents/reset-password.ts");
  if ((await resetPassword(email, await passwordOption())) === "not-found")
    throw new Refusal(`Nobody signs in as ${email}.`);
  console.log(`${email} has a new password, and is signed out everywhere.`);
}

function emailOption(): string {
  const email = options.email?.trim() ?? "";
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return email;
  throw new Refusal(`An e-mail address is missing: --email a@b.c`);
}

async function passwordOption(): Promise<string> {
  const password = options.password ?? (await typedPassword());
  if (password.length >= SHORTEST_PASSWORD) return password;
  throw new Refusal(`The password is too short: ${SHORTEST_PASSWORD} characters at least.`);
}

/** Typed without an echo, or the first line of what is piped in. */
async function typedPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTyped = process.stdin.isTTY === true;
  if (isTyped) process.stdout.write("Password: ");
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTyped });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isTyped) process.stdout.write("\n");
  }
}

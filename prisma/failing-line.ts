/** For tests: a line to the test's database on which a statement of the test's choice fails. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * How a statement fails. `refused`: the database says no, as a full disk makes it. `cut`: it is carried out, and the
 * line is cut before the answer comes through. `gone`: it never arrives, and nor does anything after it until the
 * line is healed.
 */
export const faults = ["refused", "cut", "gone"] as const;
export type Fault = (typeof faults)[number];

export type FailingLine = {
  /** Past the line: for looking on. */
  directUrl: string;
  /** From now on statements are counted; the n-th, counted from 1, fails. */
  failAt(n: number, fault: Fault): void;
  /** Everything passes again. Returns whether the statement in question came at all. */
  heal(): boolean;
  close(): Promise<void>;
};

/** A disk that is full; the transaction is over, as after a COMMIT that failed. */
const REFUSAL = "DO $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '53100'; END $$";

/**
 * Lays the line and lets everything that asks `env` for the database go through it: at the top of a test file,
 * before anything else asks. Statements are counted as PostgreSQL's protocol carries them, whoever says them, so
 * BEGIN and COMMIT count, too.
 */
export async function layFailingLine(): Promise<FailingLine> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const real = `${url.searchParams.get("host") ?? ""}/.s.PGSQL.5432`;
  const folder = mkdtempSync(join(tmpdir(), "lead-inbox-line-"));
  const directUrl = url.href;
  url.searchParams.set("host", folder);
  process.env.DATABASE_URL = url.href;

  const sockets = new Set<Socket>();
  let count = 0;
  let plan: { n: number; fault: Fault } | null = null;
  let hasStruck = false;
  const isGone = () => hasStruck && plan?.fault === "gone";
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  /** Whether the statement that begins now is the one that fails. */
  const strikes = (): Fault | null => {
    count += 1;
    if (plan === null || hasStruck || count !== plan.n) return null;
    hasStruck = true;
    return plan.fault;
  };

  const server = createServer((near) => {
    if (isGone()) return void near.destroy();
    const far = connect(real);
    const pair = [near, far];
    const over = () => {
      for (const socket of pair) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of pair) {
      sockets.add(socket);
      socket.on("error", over).on("close", over);
    }
    let fate: Fault | null = null;
    let isWithin = false;
    carry(near, { hasGreeting: true }, (type, message) => {
      if (isGone()) return over();
      const begins = !isWithin && ["Q", "P", "B"].includes(type);
      isWithin = ["P", "B", "D", "E", "C", "H"].includes(type);
      if (begins) fate = strikes();
      if (fate === "gone") return cutAll();
      if (fate !== "refused") return void far.write(message);
      // Said instead, once the statement is whole: what follows it in the same transaction fails by itself.
      if (type !== "S" && type !== "Q") return;
      fate = null;
      const isEnd = type === "Q" && /^(COMMIT|ROLLBACK)\b/i.test(message.toString("utf8", 5));
      far.write(query(isEnd ? `ROLLBACK; ${REFUSAL}` : REFUSAL));
    });
    carry(far, { hasGreeting: false }, (type, message) => {
      if (fate !== "cut") return void near.write(message);
      // Carried out, and nobody hears of it.
      if (type === "Z") over();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(`${folder}/.s.PGSQL.5432`, resolve);
  });

  return {
    directUrl,
    failAt: (n, fault) => {
      count = 0;
      hasStruck = false;
      plan = { n, fault };
    },
    heal: () => {
      plan = null;
      return hasStruck;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes the bytes of one direction apart into PostgreSQL's messages. Only the client's very first has no type. */
function carry(
  from: Socket,
  { hasGreeting }: { hasGreeting: boolean },
  pass: (type: string, message: Buffer) => void,
): void {
  let rest = Buffer.alloc(0);
  let isGreeting = hasGreeting;
  from.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = isGreeting ? 0 : 1;
      if (rest.length < head + 4) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      const type = isGreeting ? "" : String.fromCharCode(message[0] ?? 0);
      isGreeting = false;
      pass(type, message);
    }
  });
}

function query(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write("Q");
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

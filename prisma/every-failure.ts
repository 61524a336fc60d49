/** For tests: a use case, with each of its statements failing in turn, in each way a statement can fail. */
import pg from "pg";
import { expect } from "vitest";
import { type FailingLine, type Fault, faults } from "./failing-line.ts";

export type UseCase<Subject, Answer> = {
  /** Everything it needs, in an empty database, while nothing fails. */
  prepare: () => Promise<Subject>;
  act: (subject: Subject) => Promise<Answer>;
  /** All of it happens or nothing: no state between is ever seen. */
  isAtomic?: boolean;
  /** Whether an answer says that it is done; usually each does that is no error. */
  saysDone?: (answer: Answer) => boolean;
  /** What must hold after the failure; `answer` is undefined where the use case threw. */
  check?: (subject: Subject, answer: Answer | undefined) => Promise<void> | void;
  /** Whoever comes next: later, after leases have ended. */
  again?: (subject: Subject) => Promise<unknown>;
  /** What must hold in the end, where that may be something else than undisturbed: nobody may know what became of it. */
  ends?: (subject: Subject, where: string) => Promise<void>;
  /** For what is long: of the ways to fail only one for each statement, in turn. */
  isLong?: boolean;
  /** Where only these tables are to be compared: the others hold when something was asked. */
  tables?: readonly string[];
  /** Who finds it done does not do it again: without a key of the press, twice is twice. */
  isSeen?: boolean;
};

/** These columns say how often something was tried or are sealed anew each time. */
const BOOKKEEPING = /^(attempts?|lease(Number|Until)|sendAfter|refresh\w+|sealedToken)$/;
/** What counts requests, and words for searching, which hold ids of ours and what looks like a number in them. */
const BESIDE = ["_prisma_migrations", "rate_limit", "refused_request", "lead_search"];
const OWN = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "an id"],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?/g, "a time"],
  [/li:[\w-]{24}/g, "a secret"],
  [/\bm_[\w-]{43}/g, "a message"],
] as const;

/** All rows of all tables, with ids and times made equal: two runs of the same use case end in the same state. */
export type State = string[];

export class Onlooker {
  readonly #client: pg.Client;
  readonly #tables: string[] = [];

  constructor(url: string) {
    this.#client = new pg.Client({ connectionString: url });
  }

  async open(): Promise<void> {
    await this.#client.connect();
    const { rows } = await this.#client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1)",
      [BESIDE],
    );
    for (const { name } of rows) {
      const table = this.#client.escapeIdentifier(name);
      // What the migrations wrote belongs to an empty database.
      if ((await this.ask(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0) this.#tables.push(table);
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async empty(): Promise<void> {
    // A few rows are gone faster than forty tables are truncated; without their keys' triggers the order does not matter.
    const deletes = [...BESIDE.slice(1), ...this.#tables].map((table) => `DELETE FROM ${table};`);
    await this.#client.query(`SET session_replication_role = replica; ${deletes.join(" ")}`);
  }

  async ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, values)).rows;
  }

  async state(only: readonly string[] = this.#tables): Promise<State> {
    const each = only.map((table) => `SELECT '${table}' AS name, to_jsonb(t) AS row FROM ${table} t`);
    const rows = await this.ask<{ name: string; row: Record<string, unknown> }>(each.join(" UNION ALL "));
    return rows.map(({ name, row }) => `${name} ${plain(row)}`).sort();
  }
}

function plain(row: Record<string, unknown>): string {
  const told = Object.entries(row).filter(([column]) => !BOOKKEEPING.test(column));
  return OWN.reduce((text, [own, word]) => text.replace(own, word), JSON.stringify(Object.fromEntries(told)));
}

/** Runs a use case with its first statement failing, then its second, until it comes through untouched. */
export async function failEverywhere<Subject, Answer>(
  line: FailingLine,
  onlooker: Onlooker,
  useCase: UseCase<Subject, Answer>,
): Promise<Record<Fault, number>> {
  const look = () => onlooker.state(useCase.tables);
  await onlooker.empty();
  const first = await useCase.prepare();
  const before = await look();
  await useCase.act(first);
  const after = await look();

  const counts = { refused: 0, cut: 0, gone: 0 };
  for (const [turn, chosen] of faults.entries()) {
    if (useCase.isLong === true && turn > 0) break;
    for (let n = 1; ; n += 1) {
      const fault = useCase.isLong === true ? (faults[n % faults.length] ?? chosen) : chosen;
      expect(n, "the use case comes to an end").toBeLessThan(200);
      await onlooker.empty();
      const subject = await useCase.prepare();
      line.failAt(n, fault);
      const answers: Answer[] = await useCase.act(subject).then(
        (said) => [said],
        () => [],
      );
      const hasStruck = line.heal();
      const where = `${fault} at statement ${n}`;
      const state = await look();
      const isDone = answers.some((answer) => useCase.saysDone?.(answer) ?? true);
      if (isDone) expect(state, `${where}: what is said to be done is done`).toEqual(after);
      if (useCase.isAtomic === true) expect([before, after], `${where}: nothing is half done`).toContainEqual(state);
      await useCase.check?.(subject, answers[0]);
      if (!hasStruck) {
        expect(isDone, "untouched, it is done").toBe(true);
        break;
      }
      counts[fault] += 1;
      const isThere = useCase.isSeen === true && JSON.stringify(state) === JSON.stringify(after);
      if (!isThere) await untilDone(() => (useCase.again ?? useCase.act)(subject));
      if (useCase.ends !== undefined) await useCase.ends(subject, where);
      else expect(await look(), `${where}: once more, it ends as if nothing had been`).toEqual(after);
    }
  }
  return counts;
}

/** Each of a pool's connections may have died with the line, and says so once. */
async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if (tried === 11) throw error;
    }
  }
}

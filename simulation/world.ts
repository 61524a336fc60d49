/** Everything one history consists of. */
import { Meta } from "./meta.ts";
import { type Random, seeded } from "./random.ts";
import type { Rules } from "./rules.ts";
import { Schedule } from "./schedule.ts";
import { DAY, HOUR, MINUTE } from "./spans.ts";
import { createTables, type Tables } from "./tables.ts";

const BEGIN = Date.UTC(2026, 9, 5, 8);

/** `who` did `what`: kept as it is, and put into words only when somebody wants to read it. */
type Line = { at: number; who: string; what: string };

export class World {
  readonly random: Random;
  readonly schedule = new Schedule(BEGIN);
  readonly tables: Tables;
  readonly meta: Meta;
  readonly rules: Rules;
  readonly lines: Line[] = [];
  /** Nothing fails any more, and nobody begins anything new. */
  isCalm = false;
  /** How much goes wrong in this history, and how long it takes: hours, where everything meets everything, or days. */
  readonly #temper: number;
  readonly span: number;
  /** Until then the database refuses. */
  outageUntil = 0;

  constructor(seed: number, rules: Rules) {
    this.random = seeded(seed);
    this.rules = rules;
    this.#temper = this.random.pick([0.5, 1, 2, 5]);
    this.span = this.random.pick([10 * MINUTE, 6 * HOUR, 5 * DAY]);
    this.tables = createTables(["1001", "1002"]);
    this.meta = new Meta(this);
  }

  get now(): number {
    return this.schedule.now;
  }

  log(who: string, what: string): void {
    this.lines.push({ at: this.now, who, what });
  }

  /** By chance, as long as anything may still fail. */
  fails(probability: number): boolean {
    return !this.isCalm && this.random.chance(probability * this.#temper);
  }

  /** The last steps, for people. */
  story(last = Number.POSITIVE_INFINITY): string {
    return this.lines
      .slice(-last)
      .map(
        ({ at, who, what }) =>
          `${new Date(at).toISOString().slice(5, 23).replace("T", " ")}  ${who.padEnd(10)} ${what}`,
      )
      .join("\n");
  }
}

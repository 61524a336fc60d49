/** One history, from its seed alone: the same seed, the same history. */
import { isDeepStrictEqual } from "node:util";
import { InvariantBroken } from "#lib/invariant.ts";
import { lookAtUnknown, work } from "./agents.ts";
import { foldAfresh, stateOf } from "./fresh.ts";
import { Violated, Watch } from "./invariants.ts";
import { live } from "./people.ts";
import { Processes } from "./processes.ts";
import { rules as productRules, type Rules } from "./rules.ts";
import { DAY, HOUR, MINUTE } from "./spans.ts";
import { refold } from "./thread.ts";
import { World } from "./world.ts";

/** A history that does not come to rest after so many steps never will. */
const MOST_STEPS = 20_000;

/** `fault` is null where everything held. `story` tells what happened, line by line. */
export type Ending = { seed: number; fault: string | null; steps: number; story: (last?: number) => string };

export function simulate(seed: number, rules: Rules = productRules): Ending {
  const world = new World(seed, rules);
  let steps = 0;
  try {
    steps = run(world);
    return { seed, fault: null, steps, story: (last) => world.story(last) };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const fault =
      cause instanceof Violated || cause instanceof InvariantBroken ? cause.message : (cause.stack ?? cause.message);
    return { seed, fault, steps, story: (last) => world.story(last) };
  }
}

function run(world: World): number {
  const { random, schedule, meta, tables } = world;
  const processes = new Processes(world);
  const watch = new Watch(world);
  for (let person = random.between(1, 4); person > 0; person -= 1) {
    live(world, meta.converse(random.pick(["1001", "1001", "1002"]), `77${person}`));
  }
  work(world);
  world.tables.pages.set("1002", { isConnected: random.chance(0.5) });
  for (let outage = random.below(3); outage > 0; outage -= 1) {
    schedule.after(random.below(world.span), () => {
      world.outageUntil = world.now + random.below(10 * MINUTE);
      world.log("database", "is down");
    });
  }
  for (let look = 0; look < 6; look += 1) schedule.after(random.below(2 * world.span), () => lookAtUnknown(world));
  schedule.after(random.below(2 * world.span), () => tables.pages.set("1002", { isConnected: true }));
  schedule.after(2 * world.span + 4 * HOUR, () => calm(world));

  let steps = 0;
  const go = () => {
    processes.wake();
    while (schedule.step()) {
      steps += 1;
      if (steps > MOST_STEPS) throw new Violated("it never comes to rest");
      watch.look();
      processes.wake();
    }
  };
  go();
  watch.lookAtCalm();
  compare(world);
  return steps;
}

/** Nothing fails any more, pages are connected, what was parked is applied again by a newer version. */
function calm(world: World): void {
  const { tables } = world;
  world.isCalm = true;
  world.outageUntil = 0;
  tables.isRepaired = true;
  world.log("calm", "from now on nothing fails");
  for (const page of tables.pages.values()) page.isConnected = true;
  for (const delay of [MINUTE, HOUR, DAY]) {
    world.schedule.after(delay, () => {
      for (const event of tables.events.values()) if (event.state === "parked") event.state = "waiting";
    });
  }
  world.schedule.after(4 * DAY, () => lookAtUnknown(world));
  world.schedule.after(5 * DAY, () => lookAtUnknown(world));
}

function compare(world: World): void {
  const fresh = foldAfresh(world.tables, world.now);
  for (const [key, thread] of world.tables.threads) {
    // Its worker was killed between the two; the next event would have done it.
    if (thread.isStale) refold(world.tables, thread, world.now, world.rules);
    const expected = fresh.threads.get(key);
    const [is, should] = [stateOf(thread), expected === undefined ? {} : stateOf(expected)];
    for (const name of Object.keys(is)) {
      if (isDeepStrictEqual(is[name], should[name])) continue;
      if (name === "leads" && isLeftOver(is[name], should[name])) continue;
      throw new Violated(
        `${name} of ${key} depends on the order of events:\n${JSON.stringify(is[name])}\ninstead of\n${JSON.stringify(should[name])}`,
      );
    }
  }
}

/**
 * Weak evidence may be taken back, by a clock that told otherwise later. A lead it alone told of stays where the thread
 * has no other: its id was shown to people, and has to lead somewhere.
 */
function isLeftOver(is: unknown, should: unknown): boolean {
  const isOpen = (lead: { outcome?: string }) => lead.outcome === "in_progress";
  return Array.isArray(should) && should.length === 0 && Array.isArray(is) && is.every(isOpen);
}

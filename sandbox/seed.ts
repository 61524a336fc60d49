import { personWrites, plainly } from "./conversation.ts";
import { type Meta, threadOf } from "./meta.ts";
import { outsiderActs } from "./outsiders.ts";
import { newPerson } from "./people.ts";
import { phrases } from "./phrases.ts";
import { impossible, playFlow } from "./play.ts";
import { type Random, randomFrom } from "./random.ts";
import { moreOfTheWeek, type Visit } from "./seed-more.ts";
import { answeredFlow, runningFlow } from "./thread.ts";
import { type Ending, endings, PAGE_INBOX_APP, type Person } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** A busy week: many flows of all kinds, and what was said after them, in the order in which it happened. */
export type Seeding = { count: number; from: number; to: number; seed: string };
export type Seeded = { flows: number; people: number; byEnding: Record<Ending, number> };

type Step = { at: number; play(): void };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const adWeights = [0.36, 0.26, 0.22, 0.16];
const incomplete: [Ending, number][] = [
  ["disqualified", 0.32],
  ["abandoned", 0.32],
  ["stopped", 0.16],
  ["interrupted_by_inbox", 0.12],
  ["interrupted_by_app", 0.2],
];

export function seedWorld(meta: Meta, { count, from, to, seed }: Seeding): Seeded {
  const random = randomFrom(`${meta.world.seed}|${seed}|${count}`);
  const byEnding: Record<Ending, number> = {
    complete: 0,
    disqualified: 0,
    abandoned: 0,
    stopped: 0,
    interrupted_by_app: 0,
    interrupted_by_inbox: 0,
  };
  const steps: Step[] = [];
  const people: Person[] = [];
  const visits: Visit[] = [];
  for (let index = 0; index < count; index += 1) {
    const ad = drawAd(meta.world.ads, random);
    const person = drawPerson(meta, ad, people, random);
    const ending = drawEnding(ad, random);
    const endedAt = drawTime(index, from, to, random);
    const flowRandom = randomFrom(`${seed}|${index}|${person.psid}`);
    steps.push({
      at: endedAt,
      play() {
        const thread = meta.world.threads[person.psid];
        if (thread !== undefined && runningFlow(thread) !== null) return;
        playFlow(meta, { ad, person, ending, endedAt }, flowRandom);
        byEnding[ending] += 1;
      },
    });
    steps.push(...conversation(meta, ad, person, endedAt, to, random));
    visits.push({ person, endedAt });
  }
  steps.push(...moreOfTheWeek(meta, visits, { from, to, seed }));
  steps.sort((a, b) => a.at - b.at);
  for (const step of steps) step.play();
  const flows = endings.reduce((sum, ending) => sum + byEnding[ending], 0);
  return { flows, people: people.length, byEnding };
}

function drawAd(ads: readonly Ad[], random: Random): Ad {
  let left = random.next();
  for (const [index, ad] of ads.entries()) {
    left -= adWeights[index] ?? 0;
    if (left < 0) return ad;
  }
  const [ad] = ads;
  if (ad === undefined) throw new Error("The world has no ads.");
  return ad;
}

/** One in eight has been here before, on the same page, perhaps for another ad. */
function drawPerson(meta: Meta, ad: Ad, people: Person[], random: Random): Person {
  const known = people.filter(({ pageId }) => pageId === ad.pageId);
  const [one, ...others] = known;
  if (one !== undefined && random.chance(0.12)) return random.pick([one, ...others]);
  const person = newPerson(meta.world, ad.pageId, random);
  people.push(person);
  return person;
}

function drawEnding(ad: Ad, random: Random): Ending {
  if (random.chance(0.65)) return "complete";
  const possible = incomplete.filter(([ending]) => impossible(ad, ending) === null);
  let left = random.next() * possible.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [ending, weight] of possible) {
    left -= weight;
    if (left < 0) return ending;
  }
  return "disqualified";
}

/** More of them lately than long ago, and some within the last hours, so that every phase of the window is there. */
function drawTime(index: number, from: number, to: number, random: Random): number {
  const span = to - from;
  if (index % 12 === 0) return Math.round(to - Math.min(span, 3 * HOUR) * random.next() ** 2 - Math.min(span, MINUTE));
  return Math.round(to - span * random.next() ** 1.6);
}

function conversation(meta: Meta, ad: Ad, person: Person, endedAt: number, to: number, random: Random): Step[] {
  const steps: Step[] = [];
  const words = phrases[ad.language];
  const within = (most: number) => endedAt + 2 * MINUTE + Math.round(random.next() * most);
  const add = (at: number, play: (at: number) => void) => {
    if (at < to) steps.push({ at, play: () => play(at) });
  };
  if (random.chance(0.3)) {
    for (let more = 1 + random.int(2); more > 0; more -= 1) {
      const text = random.pick(words.later);
      add(within(20 * HOUR), (at) => say(meta, person, text, at));
    }
  }
  if (random.chance(0.14)) {
    const text = random.pick(words.inbox);
    const at = within(6 * HOUR);
    add(at, () => answer(meta, person, text, at));
    if (random.chance(0.6)) add(at + 9 * MINUTE, (later) => say(meta, person, random.pick(words.later), later));
  }
  return steps;
}

function say(meta: Meta, person: Person, text: string, at: number): void {
  const thread = threadOf(meta.world, person.pageId, person.psid);
  if (runningFlow(thread) === null) personWrites(meta, thread, plainly(text), at);
}

function answer(meta: Meta, person: Person, text: string, at: number): void {
  const thread = threadOf(meta.world, person.pageId, person.psid);
  if (answeredFlow(thread) === null) outsiderActs(meta, thread, PAGE_INBOX_APP, "reply", text, at);
}

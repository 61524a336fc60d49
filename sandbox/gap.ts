import { personWrites, plainly } from "./conversation.ts";
import { listedMessages } from "./conversation-views.ts";
import type { Meta } from "./meta.ts";
import { newPerson } from "./people.ts";
import { phrases } from "./phrases.ts";
import { impossible, playFlow } from "./play.ts";
import { type Random, randomFrom } from "./random.ts";
import { answeredFlow, openThread } from "./thread.ts";
import type { Answer, Ending, Flow, Message, Page, Thread } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** Minutes whose deliveries were lost for ever, and what the history of the conversations still shows of them. */
export type Gap = { page: Page; minutes: number; events: number; leads: number };

export type Shown = {
  /** How many updates were lost. */
  events: number;
  threads: number;
  messages: number;
  leads: { psid: string; adId: string; answers: Answer[]; ending: Ending | null }[];
  shown: { psid: string; mids: string[] }[];
};

/** The Conversations API gives details of so many messages of a thread. */
const NEWEST = 20;
const MINUTE = 60_000;
const kinds: Ending[] = ["complete", "complete", "disqualified", "complete", "stopped", "complete"];

export function playGap(meta: Meta, { page, minutes, events, leads }: Gap): Shown {
  const { faults } = meta.world;
  const wasDropping = faults.drop;
  const before = meta.world.lost;
  const to = meta.now();
  const from = to - minutes * MINUTE;
  const random = randomFrom(`${meta.world.seed}|gap|${meta.world.counter}`);
  faults.drop = true;
  try {
    const touched = new Set(playLeads(meta, page, leads, from, to, random));
    const others = Object.values(meta.world.threads).filter(
      (thread) => thread.pageId === page.id && thread.lastUserActionAt !== null && answeredFlow(thread) === null,
    );
    const talking = [...touched, ...others.filter((thread) => !touched.has(thread)).slice(0, 20)];
    for (let most = events; most > 0 && meta.world.lost - before < events; most -= 1) {
      const thread = draw(talking, random) ?? stranger(meta, page, talking, random);
      if (talking.length < 8) talking.push(stranger(meta, page, talking, random));
      const since = Math.max(from, thread.flows.at(-1)?.endedAt ?? 0);
      const at = Math.round(since + (to - since) * random.next());
      personWrites(meta, thread, plainly(random.pick(phrases[random.chance(0.5) ? "de" : "en"].later)), at);
      touched.add(thread);
    }
    return stillShown([...touched], from, meta.world.lost - before);
  } finally {
    faults.drop = wasDropping;
  }
}

function playLeads(meta: Meta, page: Page, count: number, from: number, to: number, random: Random): Thread[] {
  const ads = meta.world.ads.filter(({ pageId }) => pageId === page.id);
  const begin = Math.min(from + 4 * MINUTE, (from + to) / 2);
  const times = Array.from({ length: count }, () => Math.round(begin + (to - begin) * random.next())).sort(
    (a, b) => a - b,
  );
  return times.flatMap((endedAt, index) => {
    const ad = draw(ads, random);
    if (ad === null) return [];
    const ending = kinds[index % kinds.length] ?? "complete";
    const person = newPerson(meta.world, page.id, random);
    return [playFlow(meta, { ad, person, ending: possible(ad, ending), endedAt }, random).thread];
  });
}

const possible = (ad: Ad, ending: Ending): Ending => (impossible(ad, ending) === null ? ending : "complete");

function draw<T>(list: readonly T[], random: Random): T | null {
  return list[random.int(list.length)] ?? null;
}

function stranger(meta: Meta, page: Page, talking: Thread[], random: Random): Thread {
  const thread = openThread(meta.world, newPerson(meta.world, page.id, random));
  talking.push(thread);
  return thread;
}

function stillShown(threads: readonly Thread[], from: number, events: number): Shown {
  const shown = threads.map((thread) => ({ thread, messages: newest(thread).filter(({ at }) => at >= from) }));
  const visible = shown.filter(({ messages }) => messages.length > 0);
  return {
    events,
    threads: visible.length,
    messages: visible.reduce((sum, { messages }) => sum + messages.length, 0),
    leads: visible.flatMap(({ thread, messages }) =>
      thread.flows
        .filter(({ startedAt }) => startedAt >= from - 10 * MINUTE)
        .map((flow) => ({
          psid: thread.psid,
          adId: flow.adId,
          answers: visibleAnswers(flow, messages),
          ending: flow.ending,
        }))
        .filter(({ answers }) => answers.length > 0),
    ),
    shown: visible.map(({ thread, messages }) => ({ psid: thread.psid, mids: messages.map(({ mid }) => mid) })),
  };
}

function newest(thread: Thread): Message[] {
  return listedMessages(thread).slice(0, NEWEST).toReversed();
}

/** The answers whose messages are among those shown. */
function visibleAnswers(flow: Flow, messages: readonly Message[]): Answer[] {
  const said = messages.filter(
    ({ from, at }) => from === "person" && at <= (flow.endedAt ?? at) && at >= flow.startedAt,
  );
  return flow.answers.filter(({ answer }) => said.some(({ text }) => text === answer));
}

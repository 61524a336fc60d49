/** What events add to a thread. That of a whole run is joined and written at once. */
import type { ControlFact } from "./control.ts";
import type { Opener } from "./window.ts";

const clocks = [
  "firstAdMessageAt",
  "lastInboundAt",
  "lastOutboundAt",
  "lastHumanReplyAt",
  "deliveredWatermark",
  "readWatermark",
  "refusedAt",
] as const;

/** Each clock is a maximum, so events may come in any order. `facts`: what we learned about who holds the thread. */
export type ThreadNews = Partial<Record<(typeof clocks)[number], Date>> & {
  lastAction?: { at: Date; opener: Opener };
  facts?: readonly NewControlFact[];
};

/** What one event, or one thing we did, says about one of a page's threads; `receivedAt`: when we learned it. */
export type Heard = { psid: string; receivedAt: Date; news: ThreadNews };

/** `fromAppId`: the app that gave control away or lost it, as far as Meta says. */
export type NewControlFact = ControlFact & { fromAppId?: string | null };

/** All of it as if it had come together. */
export function joinNews(all: readonly ThreadNews[]): ThreadNews {
  const joined: ThreadNews = { facts: all.flatMap(({ facts }) => facts ?? []) };
  for (const { lastAction, ...news } of all) {
    if (lastAction !== undefined) joined.lastAction = laterOf(lastAction, joined.lastAction);
    for (const clock of clocks) {
      const [at, before] = [news[clock], joined[clock]];
      if (at !== undefined && (before === undefined || at > before)) joined[clock] = at;
    }
  }
  return joined;
}

type Action = NonNullable<ThreadNews["lastAction"]>;

/** Of two at the same moment the first by name, so that any order ends equal. */
function laterOf(a: Action, b: Action | undefined): Action {
  if (b === undefined || a.at > b.at) return a;
  return a.at < b.at || b.opener < a.opener ? b : a;
}

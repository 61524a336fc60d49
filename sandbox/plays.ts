import { hostileTexts, manyQuestions } from "./hostile.ts";
import type { Meta } from "./meta.ts";
import { enforce, submitForm } from "./meta-acts.ts";
import {
  gesture,
  inboxTalk,
  instagramTalk,
  later,
  lead,
  leadAgain,
  otherApp,
  pick,
  quietThreads,
  type Scene,
} from "./play-scenes.ts";
import { inventLead } from "./seed-forms.ts";
import { createTemplate } from "./templates.ts";
import type { Ending } from "./world.ts";

/** Scripts of people: what happens at each beat of a play. */
export type Beat = Scene & { index: number; total: number };
export type Play = { says: string; rate: number; minutes: number; beat(beat: Beat): void; end?(meta: Meta): void };

const usual: Ending[] = [
  "complete",
  "complete",
  "complete",
  "disqualified",
  "complete",
  "stopped",
  "complete",
  "abandoned",
];

function visit(beat: Beat): void {
  const thread = pick(beat, quietThreads(beat));
  if (thread !== null && beat.random.chance(0.3)) later(beat, thread);
  else if (lead(beat, usual[beat.random.int(usual.length)] ?? "complete") === null) lead(beat, "complete");
}

function anyThread(beat: Beat) {
  return pick(beat, quietThreads(beat)) ?? lead(beat, "complete");
}

/** The ad with forty questions is made once. */
function longAd({ meta }: Beat) {
  const title = "Vierzig Fragen";
  const [page] = meta.world.pages;
  const known = meta.world.ads.find((ad) => ad.title === title);
  if (known !== undefined || page === undefined) return known;
  const { adId } = createTemplate(meta, {
    pageId: page.id,
    adTitle: title,
    connectedAppId: meta.world.appId,
    steps: manyQuestions.map((step) => ({ ...step, type: "question" as const, reply: "text" as const })),
  });
  return meta.world.ads.find(({ id }) => id === adId);
}

export const plays: Record<string, Play> = {
  "steady-day": { says: "Leads and messages as on any day.", rate: 6, minutes: 10, beat: visit },
  rush: {
    says: "An ad goes well: complete leads, many of them.",
    rate: 120,
    minutes: 2,
    beat: (beat) => lead(beat, "complete"),
  },
  disqualified: {
    says: "People whose answer rules them out.",
    rate: 10,
    minutes: 2,
    beat: (beat) => lead(beat, "disqualified"),
  },
  "stop-keyword": { says: "People who ask for a human.", rate: 10, minutes: 2, beat: (beat) => lead(beat, "stopped") },
  "inbox-takeover": {
    says: "Somebody answers in the Page Inbox, during the questions or after them.",
    rate: 8,
    minutes: 3,
    beat(beat) {
      const thread = beat.random.chance(0.4) ? null : anyThread(beat);
      if (thread === null) lead(beat, "interrupted_by_inbox");
      else inboxTalk(beat, thread);
    },
  },
  outage: {
    says: "The product cannot be reached until the play is over; nothing is lost.",
    rate: 20,
    minutes: 2,
    beat(beat) {
      beat.meta.world.settings.down = true;
      visit(beat);
    },
    end(meta) {
      meta.world.settings.down = false;
    },
  },
  "returning-people": { says: "People who were here before answer again.", rate: 10, minutes: 2, beat: leadAgain },
  "hostile-texts": {
    says: "Other directions, emoji, markup, formulas, very long texts, forty questions.",
    rate: 10,
    minutes: 2,
    beat(beat) {
      const ad = longAd(beat);
      const from = beat.index * 3;
      const texts = manyQuestions.map((_, index) => hostileTexts[(from + index) % hostileTexts.length] ?? "?");
      const thread = beat.index % 3 === 0 ? lead(beat, "complete", ad, texts) : anyThread(beat);
      if (thread !== null) later(beat, thread, hostileTexts[beat.index % hostileTexts.length]);
    },
  },
  "instant-forms": {
    says: "Leads from Instant Forms, some organic, some tests.",
    rate: 12,
    minutes: 2,
    beat(beat) {
      const form = pick(beat, beat.meta.world.instantForms);
      if (form !== null) submitForm(beat.meta, inventLead(beat, form));
    },
  },
  "second-app": {
    says: "Another app asks for threads, takes them and passes them on.",
    rate: 10,
    minutes: 2,
    beat(beat) {
      const thread = anyThread(beat);
      if (thread !== null) otherApp(beat, thread);
    },
  },
  "policy-block": {
    says: "Meta warns a page, blocks it, and lets it go at the end.",
    rate: 4,
    minutes: 3,
    beat(beat) {
      const [page] = beat.meta.world.pages;
      if (page === undefined) return;
      const reason = "The Page sent messages outside of the allowed window.";
      if (beat.index < 2) enforce(beat.meta, page.id, beat.index === 0 ? "warning" : "block", reason, false, beat.at);
      else visit(beat);
    },
    end(meta) {
      const [page] = meta.world.pages;
      if (page !== undefined && page.policy !== null) enforce(meta, page.id, "unblock", null, false, meta.now());
    },
  },
  gestures: {
    says: "Reactions, edits, files, opt-outs, feedback, links and buttons.",
    rate: 20,
    minutes: 2,
    beat(beat) {
      const thread = anyThread(beat);
      if (thread !== null) gesture(beat, thread);
    },
  },
  instagram: { says: "People write to the page's Instagram account.", rate: 6, minutes: 2, beat: instagramTalk },
};

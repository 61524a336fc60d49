/** Every step that is offered, under each routing, in each state of control: the right effect, or a refusal in words. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { ads, deliver, SOLAR } from "#lib/inbound/testing.ts";
import { askControl } from "#lib/leads/ask-control.ts";
import { type ControlState, controlStates } from "#lib/threads/control.ts";
import { type ControlOffer, controlAdvice, controlOffers } from "#lib/threads/control-actions.ts";
import { reasonWord } from "#lib/threads/reason-words.ts";
import { controlThreads } from "./control-threads.ts";
import { clearDesk, lead, openDesk, pageOf, stage, viewer } from "./testing.ts";

const OURS = "1122334455667788";
const INBOX = "263902037430900";
const OTHER = "2233445566778899";
const LEADGEN = "413038776280800";

beforeAll(openDesk);
beforeEach(async () => {
  await clearDesk();
  await prisma.controlAction.deleteMany();
});
afterAll(() => stage.close());

type Lead = Awaited<ReturnType<typeof lead>>;

async function changePage(wanted: object): Promise<void> {
  const url = `${process.env.META_GRAPH_URL ?? ""}/control/pages/${SOLAR}`;
  const answer = await fetch(url, { method: "PATCH", body: JSON.stringify(wanted) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** What we know of the page before anything is tried. */
async function believe(routing: "configured" | "none" | null): Promise<void> {
  const known = { routing, takeRefusedAt: null };
  await prisma.pageHealth.upsert({ where: { pageId: SOLAR }, create: { pageId: SOLAR, ...known }, update: known });
}

async function others(ref: Lead, who: "inbox" | "other-app"): Promise<void> {
  await stage.control(who, { pageId: ref.pageId, psid: ref.psid, action: "reply" });
  await stage.settle();
}

async function press(ref: Lead, { kind, targetAppId }: Pick<ControlOffer, "kind" | "targetAppId">): Promise<string> {
  const seconds = kind === "extend" ? 3 * 24 * 60 * 60 : null;
  const outcome = await askControl(ref, { kind, targetAppId, seconds, intentId: randomUUID() }, viewer);
  while (await controlThreads.step());
  return outcome;
}

const setUps: Record<ControlState, () => Promise<Lead>> = {
  ours: () => lead(),
  page_inbox: async () => {
    const ref = await lead();
    await others(ref, "inbox");
    return ref;
  },
  other_app: async () => {
    const ref = await lead();
    await others(ref, "other-app");
    return ref;
  },
  leadgen: async () => {
    const { psid } = await stage.control("flows/start", { adId: ads.battery });
    const person = { pageId: SOLAR, psid: String(psid) };
    await stage.control("flows/answer", { ...person, choice: 0 });
    await stage.settle();
    const { id } = await prisma.lead.findFirstOrThrow({ where: person, select: { id: true } });
    return { ...person, id };
  },
  idle: async () => {
    const ref = await lead();
    await press(ref, { kind: "release", targetAppId: null });
    return ref;
  },
  unknown: async () => {
    const ref = await lead();
    const taken = { previous_owner_app_id: OURS, metadata: "" };
    const item = {
      sender: { id: ref.psid },
      recipient: { id: SOLAR },
      timestamp: Date.now(),
      take_thread_control: taken,
    };
    await deliver({ object: "page", entry: [{ id: SOLAR, time: Date.now(), messaging: [item] }] });
    return ref;
  },
};

async function ownerAtMeta(ref: Lead): Promise<string | null> {
  const { control } = await stage.control(`threads/${ref.pageId}/${ref.psid}`);
  return z.object({ appId: z.string().nullable() }).parse(control).appId;
}

/** A thread in that state, on a page with that routing. */
async function arrange(state: ControlState, page: object, belief: "configured" | "none" | null): Promise<Lead> {
  await changePage({ routing: "configured", defaultAppId: OURS, takeAllowed: true });
  await believe("configured");
  const ref = await setUps[state]();
  await changePage(page);
  await believe(belief);
  const { thread } = await pageOf(ref);
  expect(thread.control.state).toBe(state);
  return ref;
}

const offersOf = async (ref: Lead) => {
  const { control, controlTerms } = (await pageOf(ref)).thread;
  return controlOffers(control.state, controlTerms);
};

/** Who holds the thread at Meta after a step that worked. */
const ownerAfter = (offer: ControlOffer, before: string | null, defaultAppId: string): string | null => {
  switch (offer.kind) {
    case "take":
    case "extend":
      return OURS;
    case "request":
      return before ?? OURS;
    case "pass_page_inbox":
      return INBOX;
    case "pass_default":
      return defaultAppId;
    case "pass_app":
      return OTHER;
    case "release":
      return null;
  }
};

const routed = { routing: "configured", defaultAppId: OURS, takeAllowed: true };
type Case = [string, object, "configured" | "none" | null];
const cases: Case[] = [
  ["with routing, our app the default one", routed, "configured"],
  ["with routing, another app the default one", { ...routed, defaultAppId: OTHER }, "configured"],
  ["with routing, taking forbidden", { ...routed, takeAllowed: false }, "configured"],
  ["with routing, not known yet", routed, null],
  ["without routing", { routing: "none" }, "none"],
  ["without routing, not known yet", { routing: "none" }, null],
];

describe.each(cases)("%s", (_, page, belief) => {
  const defaultAppId = z.object({ defaultAppId: z.string().default(OURS) }).parse(page).defaultAppId;

  test.each(controlStates)("in %s every step has its effect or its refusal in words", async (state) => {
    const first = await arrange(state, page, belief);
    const offers = await offersOf(first);
    const { control, controlTerms } = (await pageOf(first)).thread;
    if (offers.length === 0) expect(controlAdvice(control.state, controlTerms)).not.toBeNull();

    for (const [index, offer] of offers.entries()) {
      const ref = index === 0 ? first : await arrange(state, page, belief);
      const before = await ownerAtMeta(ref);
      expect(await press(ref, offer)).toBe("queued");
      await stage.settle();
      const { thread } = await pageOf(ref);
      const action = thread.actions.find(({ kind }) => kind === offer.kind);
      const after = await ownerAtMeta(ref);
      if (action?.state === "done") {
        expect(after).toBe(ownerAfter(offer, before, defaultAppId));
        if (offer.kind !== "request" && offer.kind !== "pass_default") {
          expect(thread.control.appId).toBe(after);
        }
        continue;
      }
      expect(action?.state).toBe("failed");
      expect(["other", "permissionMissing", "rejected"]).not.toContain(reasonWord(action?.reason ?? null));
      expect([before, OURS, LEADGEN]).toContain(after);
      await expectNotDead(ref, offer, state);
    }
  });
});

/** What was refused is not simply offered again: something else is, or the way to repair it is said. */
async function expectNotDead(ref: Lead, refused: ControlOffer, state: ControlState): Promise<void> {
  const { control, controlTerms } = (await pageOf(ref)).thread;
  if (control.state !== state) return;
  const again = controlOffers(control.state, controlTerms).find(
    ({ kind, consequence }) => kind === refused.kind && consequence === refused.consequence,
  );
  // In a state we do not know, only trying tells; Meta is asked who holds the thread.
  if (state === "unknown") return;
  expect(again).toBeUndefined();
}

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { addNote } from "#lib/leads/add-note.ts";
import { claimLead } from "#lib/leads/claim-lead.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { setStage } from "#lib/leads/set-stage.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { delivery, leadHandover, referral, summary, takenByInbox, userMessage } from "./item-samples.ts";
import { deliver, SOLAR as pageId } from "./testing.ts";

const t0 = Date.UTC(2026, 10, 18, 9, 0, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const after = (ms: number) => new Date(t0 + ms);

const ad1 = "120231004567890101";
const ad2 = "120231004567890102";
const house = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
];
const power = [{ question: "How much power do you use?", answer: "3,000 kWh" }];

type Thread = { pageId: string; psid: string };
let people = 0;
function newThread(): Thread {
  people += 1;
  return { pageId, psid: `77190055000${1000 + people}` };
}

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

/** The leads of a thread with the kinds of their signals, the earliest first. */
async function leadsOf(thread: Thread) {
  const leads = await prisma.lead.findMany({ where: thread, orderBy: [{ at: "asc" }, { id: "asc" }] });
  const signals = await prisma.signal.findMany({ where: thread, orderBy: [{ at: "asc" }, { kind: "asc" }] });
  return leads.map(({ id, status, reason, adId }) => {
    const kinds = signals.filter(({ leadId }) => leadId === id).map(({ kind }) => kind);
    return { id, status, reason, adId, signals: kinds.sort().join("") };
  });
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, i) => ordersOf(items.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

const cases: { name: string; items: (thread: Thread) => object[]; leads: object[] }[] = [
  {
    name: "(a) two runs, two days apart, are two linked leads",
    items: (thread) => [
      leadHandover(thread, after(0), false),
      referral(thread, after(5 * MINUTE), { isComplete: false, adId: ad1, answers: house.slice(0, 1) }),
      referral(thread, after(50 * HOUR), { isComplete: true, adId: ad1, answers: house }),
    ],
    leads: [
      { status: "incomplete", adId: ad1, signals: "HR" },
      { status: "complete", adId: ad1, signals: "R" },
    ],
  },
  {
    name: "(b) a summary and a referral that disagree are two leads",
    items: (thread) => [
      leadHandover(thread, after(0), true),
      summary(thread, after(SECOND), house),
      referral(thread, after(14 * MINUTE), { isComplete: true, adId: ad2, answers: power }),
    ],
    leads: [
      { status: "complete", adId: null, signals: "HS" },
      { status: "complete", adId: ad2, signals: "R" },
    ],
  },
  {
    name: "(c) a referral a second apart is the same lead, one after 28 minutes is another",
    items: (thread) =>
      [0, SECOND, 28 * MINUTE].map((ms) =>
        referral(thread, after(ms), { isComplete: true, adId: ad1, answers: house }),
      ),
    leads: [
      { status: "complete", adId: ad1, signals: "RR" },
      { status: "complete", adId: ad1, signals: "R" },
    ],
  },
  {
    name: "(d) stopped by a keyword; a later takeover changes control only",
    items: (thread) => [
      userMessage(thread, after(0), `m_support_${thread.psid}`, "Support"),
      referral(thread, after(2 * SECOND), { isComplete: false, adId: ad1, answers: house.slice(0, 1) }),
      takenByInbox(thread, after(10 * MINUTE), null),
    ],
    leads: [{ status: "incomplete", reason: "stopped", adId: ad1, signals: "R" }],
  },
  {
    name: "(e) a handover belongs to the nearest run",
    items: (thread) => [
      referral(thread, after(0), { isComplete: true, adId: ad1, answers: house }),
      leadHandover(thread, after(MINUTE), true),
      referral(thread, after(3 * MINUTE), { isComplete: true, adId: ad2, answers: power }),
    ],
    leads: [
      { status: "complete", adId: ad1, signals: "HR" },
      { status: "complete", adId: ad2, signals: "R" },
    ],
  },
];

describe.each(cases)("$name", ({ items, leads: expected }) => {
  test("in every order, each twice, and every id ever shown still leads somewhere", async () => {
    const viewer = await newViewer();
    for (const order of ordersOf([0, 1, 2])) {
      const thread = newThread();
      const shown = new Set<string>();
      const told = items(thread);
      const again = order.map((index) => [told[index] ?? {}]);
      for (const together of [...again, again.flat().reverse()]) {
        await deliver(delivery(pageId, ...together));
        for (const { id } of await leadsOf(thread)) shown.add(id);
      }
      const leads = await leadsOf(thread);
      expect(leads, `order ${order.join("")}`).toMatchObject(expected);

      for (const id of shown) {
        const found = await getLead({ pageId, id }, viewer);
        const live = found !== null && "alias" in found ? found.alias.id : found?.id;
        expect(leads.map((lead) => lead.id)).toContain(live);
      }
      const [first] = leads;
      const page = first === undefined ? null : await getLead({ pageId, id: first.id }, viewer);
      expect(page).toMatchObject({ siblings: leads.slice(1).map(({ id }) => ({ ref: `${pageId}.${id}` })) });
    }
  });
});

test("(d) the takeover is seen as control", async () => {
  const thread = newThread();
  await deliver(delivery(pageId, ...(cases[3]?.items(thread) ?? [])));
  const { control } = await prisma.thread.findUniqueOrThrow({ where: { pageId_psid: thread } });
  expect(control).toBe("page_inbox");
});

test("joining moves notes, activity, assignee and stage, and the lost id is an alias", async () => {
  const viewer = await newViewer({ name: "Bo" });
  const thread = newThread();
  const again = (ms: number) => referral(thread, after(ms), { isComplete: true, adId: ad1, answers: house });
  await deliver(delivery(pageId, leadHandover(thread, after(0), true)));
  await deliver(delivery(pageId, again(20 * MINUTE)));
  const [survivor, lost] = await leadsOf(thread);
  if (survivor === undefined || lost === undefined) throw new Error("There must be two leads before they join.");

  expect(await claimLead({ pageId, id: lost.id }, viewer)).toBe("claimed");
  expect(await addNote({ pageId, id: lost.id }, { text: "Calls back at six.", intentId: randomUUID() }, viewer)).toBe(
    "added",
  );
  expect(await setStage({ pageId, id: lost.id }, { stage: "qualified" }, viewer)).toBe("changed");

  // It lies within a quarter of an hour of both.
  await deliver(delivery(pageId, again(10 * MINUTE)));
  expect(await leadsOf(thread)).toMatchObject([{ id: survivor.id, signals: "HRR" }]);
  expect(await getLead({ pageId, id: lost.id }, viewer)).toEqual({ alias: { pageId, id: survivor.id } });

  const joined = await getLead({ pageId, id: survivor.id }, viewer);
  expect(joined).toMatchObject({
    assignee: { id: viewer.agentId },
    stage: "qualified",
    notes: [{ text: "Calls back at six.", author: "Bo" }],
  });
  if (joined === null || "alias" in joined) throw new Error("The survivor must be there.");
  expect(joined.activity.map(({ kind }) => kind).sort()).toEqual(
    ["claimed", "created", "created", "joined", "stage_changed"].sort(),
  );

  // Who still holds the old address works on the survivor.
  expect(await addNote({ pageId, id: lost.id }, { text: "By its old name.", intentId: randomUUID() }, viewer)).toBe(
    "added",
  );
  expect(await getLead({ pageId, id: survivor.id }, viewer)).toMatchObject({
    notes: [{ text: "By its old name." }, {}],
  });
});

test("splitting leaves the work with its id; the new lead starts unassigned and linked, and says so", async () => {
  const viewer = await newViewer();
  const thread = newThread();
  await deliver(
    delivery(
      pageId,
      leadHandover(thread, after(0), true),
      referral(thread, after(10 * MINUTE), { isComplete: true, adId: ad1, answers: house }),
    ),
  );
  const [whole] = await leadsOf(thread);
  if (whole === undefined) throw new Error("There must be a lead.");
  expect(whole.signals).toBe("HR");
  await claimLead({ pageId, id: whole.id }, viewer);
  await addNote({ pageId, id: whole.id }, { text: "Owns the house.", intentId: randomUUID() }, viewer);

  await deliver(delivery(pageId, referral(thread, after(2 * MINUTE), { isComplete: true, adId: ad2, answers: power })));
  const [fresh, kept] = await leadsOf(thread);
  expect(kept).toMatchObject({ id: whole.id, adId: ad1, signals: "R" });
  expect(fresh).toMatchObject({ adId: ad2, signals: "HR" });

  expect(await getLead({ pageId, id: whole.id }, viewer)).toMatchObject({
    assignee: { id: viewer.agentId },
    notes: [{ text: "Owns the house." }],
    siblings: [{ ref: `${pageId}.${fresh?.id}` }],
  });
  const page = await getLead({ pageId, id: fresh?.id ?? "" }, viewer);
  expect(page).toMatchObject({ assignee: null, notes: [], siblings: [{ ref: `${pageId}.${whole.id}` }] });
  if (page === null || "alias" in page) throw new Error("The new lead must be there.");
  expect(page.activity.map(({ kind }) => kind).sort()).toEqual(["created", "split"]);
  expect(page.activity.find(({ kind }) => kind === "split")?.data).toEqual({ from: whole.id });
});

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { newViewer, writeLeads } from "../../prisma/factories.ts";
import { addNote } from "./add-note.ts";
import { assignLead } from "./assign-lead.ts";
import { claimLead } from "./claim-lead.ts";
import { followUp } from "./follow-up.ts";
import { getLead } from "./get-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { saveDraft } from "./save-draft.ts";
import { setDone } from "./set-done.ts";
import { setStage } from "./set-stage.ts";
import { takeBack } from "./take-back.ts";

const pageId = "80001";
const otherPage = "80002";
const hours = (count: number) => new Date(Date.now() + count * 60 * 60 * 1000);
let viewer: Viewer;

beforeAll(async () => {
  await prisma.page.createMany({
    data: [pageId, otherPage].map((id) => ({ id, name: `Page ${id}`, connectedAt: new Date() })),
  });
  viewer = await newViewer({ name: "Ada", pageIds: [pageId] });
});

const note = (text: string) => ({ text, intentId: randomUUID() });

async function newLead(): Promise<LeadRef> {
  const [id = ""] = await writeLeads([{ pageId, at: hours(-2), waitingSince: hours(-2) }]);
  return { pageId, id };
}

async function pageOf(ref: LeadRef, who = viewer) {
  const page = await getLead(ref, who);
  if (page === null || "alias" in page) throw new Error("The lead must be there.");
  return page;
}

const told = async (ref: LeadRef) =>
  (await pageOf(ref)).activity.map(({ kind, actor }) => `${kind} by ${actor}`).reverse();

describe("claiming", () => {
  test("of twenty agents at once exactly one wins, and the others are told", async () => {
    const ref = await newLead();
    const agents = await Promise.all(Array.from({ length: 20 }, (_, i) => newViewer({ name: `Agent ${i}` })));
    const outcomes = await Promise.all(agents.map((agent) => claimLead(ref, agent)));
    expect(outcomes.toSorted()).toEqual(["claimed", ...Array.from({ length: 19 }, () => "taken")]);
    const winner = agents[outcomes.indexOf("claimed")];
    expect(await pageOf(ref)).toMatchObject({ assignee: { id: winner?.agentId } });
    expect(await told(ref)).toEqual([`claimed by ${winner?.name}`]);
    expect(await prisma.assignment.findMany({ where: { leadId: ref.id } })).toMatchObject([{ why: "claimed" }]);
  });

  test("one's own lead again stays one's own, told once", async () => {
    const ref = await newLead();
    expect([await claimLead(ref, viewer), await claimLead(ref, viewer)]).toEqual(["claimed", "claimed"]);
    expect(await told(ref)).toEqual(["claimed by Ada"]);
  });
});

describe("assigning", () => {
  test("to somebody who sees the page, and back to nobody", async () => {
    const ref = await newLead();
    const bo = await newViewer({ name: "Bo", pageIds: [pageId] });
    expect(await assignLead(ref, bo.agentId, viewer)).toBe("assigned");
    expect(await assignLead(ref, bo.agentId, viewer)).toBe("assigned");
    expect(await pageOf(ref)).toMatchObject({
      assignee: { name: "Bo" },
      activity: [{ kind: "assigned", data: { name: "Bo" } }],
    });
    expect(await assignLead(ref, null, viewer)).toBe("assigned");
    expect(await assignLead(ref, null, viewer)).toBe("assigned");
    expect((await pageOf(ref)).assignee).toBeNull();
    expect(await told(ref)).toEqual(["assigned by Ada", "unassigned by Ada"]);
  });

  test("to nobody who cannot answer: another page's agent, a disabled one, a stranger", async () => {
    const ref = await newLead();
    const elsewhere = await newViewer({ pageIds: [otherPage] });
    const gone = await newViewer();
    await prisma.user.update({ where: { id: gone.agentId }, data: { disabledAt: new Date() } });
    for (const id of [elsewhere.agentId, gone.agentId, newId()]) {
      expect(await assignLead(ref, id, viewer)).toBe("no-such-agent");
    }
    expect(await told(ref)).toEqual([]);
    // Admins see every page.
    const admin = await newViewer({ role: "admin", pageIds: [] });
    expect(await assignLead(ref, admin.agentId, viewer)).toBe("assigned");
  });
});

test("stages: each change is kept with who, a repeat is none, only a lost lead has a why", async () => {
  const ref = await newLead();
  expect(await setStage(ref, { stage: "contacted", reason: "ignored here" }, viewer)).toBe("changed");
  expect(await setStage(ref, { stage: "contacted" }, viewer)).toBe("changed");
  expect(await setStage(ref, { stage: "lost", reason: " too dear " }, viewer)).toBe("changed");
  expect(await pageOf(ref)).toMatchObject({
    stage: "lost",
    activity: [
      { kind: "stage_changed", actor: "Ada", data: { from: "contacted", to: "lost", reason: "too dear" } },
      { kind: "stage_changed", actor: "Ada", data: { from: "new", to: "contacted", reason: null } },
    ],
  });
});

test("notes, newest first, with their author", async () => {
  const ref = await newLead();
  expect(await addNote(ref, note("first"), viewer)).toBe("added");
  expect(await addNote(ref, note("<b>second</b>"), viewer)).toBe("added");
  expect((await pageOf(ref)).notes).toMatchObject([{ text: "<b>second</b>", author: "Ada" }, { text: "first" }]);
});

test("a note that is pressed again is one note, also where both arrive at once", async () => {
  const ref = await newLead();
  const press = note("Called");
  const answers = await Promise.all([addNote(ref, press, viewer), addNote(ref, press, viewer)]);
  expect([...answers, await addNote(ref, press, viewer)]).toEqual(["added", "added", "added"]);
  expect((await pageOf(ref)).notes).toMatchObject([{ text: "Called" }]);
});

test("done puts a lead aside, reopening takes it up again", async () => {
  const ref = await newLead();
  expect([await setDone(ref, true, viewer), await setDone(ref, true, viewer)]).toEqual(["changed", "changed"]);
  expect(await pageOf(ref)).toMatchObject({ doneAt: expect.any(Date), waitingSince: null });
  expect(await setDone(ref, false, viewer)).toBe("changed");
  expect(await pageOf(ref)).toMatchObject({ doneAt: null, waitingSince: expect.any(Date) });
  expect(await told(ref)).toEqual(["done by Ada", "reopened by Ada"]);
});

test("drafts are each agent's own, and an empty one is forgotten", async () => {
  const ref = await newLead();
  const bo = await newViewer({ name: "Bo" });
  expect(await saveDraft(ref, "Dear Mr", viewer)).toBe("saved");
  expect(await saveDraft(ref, "Dear Mrs", viewer)).toBe("saved");
  expect([(await pageOf(ref)).draft, (await pageOf(ref, bo)).draft]).toEqual(["Dear Mrs", ""]);
  expect(await saveDraft(ref, "", viewer)).toBe("saved");
  expect((await pageOf(ref)).draft).toBe("");
});

describe("an alias", () => {
  test("names the lead it was joined into, and work done by the old name lands there", async () => {
    const ref = await newLead();
    const old = { pageId, id: newId() };
    await prisma.leadAlias.create({ data: { pageId, aliasId: old.id, leadId: ref.id } });
    expect(await getLead(old, viewer)).toEqual({ alias: ref });
    expect(await claimLead(old, viewer)).toBe("claimed");
    expect(await saveDraft(old, "typed before it was joined", viewer)).toBe("saved");
    expect(await pageOf(ref)).toMatchObject({ assignee: { name: "Ada" }, draft: "typed before it was joined" });
  });

  test("of a lead the viewer may not see is not there", async () => {
    const ref = await newLead();
    const old = { pageId, id: newId() };
    await prisma.leadAlias.create({ data: { pageId, aliasId: old.id, leadId: ref.id } });
    expect(await getLead(old, await newViewer({ pageIds: [otherPage] }))).toBeNull();
  });
});

describe("what is not yours is not there, and stays as it was", () => {
  const intentId = newId();
  const acts: [string, (ref: LeadRef, who: Viewer) => Promise<unknown>][] = [
    ["claim", claimLead],
    ["assign", (ref, who) => assignLead(ref, who.agentId, who)],
    ["unassign", (ref, who) => assignLead(ref, null, who)],
    ["stage", (ref, who) => setStage(ref, { stage: "won" }, who)],
    ["note", (ref, who) => addNote(ref, note("mine?"), who)],
    ["done", (ref, who) => setDone(ref, true, who)],
    ["draft", (ref, who) => saveDraft(ref, "mine?", who)],
    ["take back", (ref, who) => takeBack(ref, newId(), who)],
    ["follow up", async (ref, who) => (await followUp(ref, { intentId, text: "Hi", seenMid: null }, who)).outcome],
  ];
  test.each(acts)("%s", async (_, act) => {
    const ref = await newLead();
    const before = await prisma.lead.findMany({ where: ref });
    const stranger = await newViewer({ pageIds: [otherPage] });
    const nobody = await newViewer({ pageIds: [] });
    // The same answer as for a lead that never was.
    expect(await act(ref, stranger)).toBe("not-found");
    expect(await act(ref, nobody)).toBe("not-found");
    expect(await act({ pageId, id: newId() }, viewer)).toBe("not-found");
    // Another page's name does not make it theirs.
    expect(await act({ pageId: otherPage, id: ref.id }, stranger)).toBe("not-found");
    expect(await prisma.lead.findMany({ where: ref })).toEqual(before);
    expect(await told(ref)).toEqual([]);
  });

  test("reading", async () => {
    const ref = await newLead();
    expect(await getLead(ref, await newViewer({ pageIds: [otherPage] }))).toBeNull();
    expect(await getLead({ pageId, id: newId() }, viewer)).toBeNull();
  });
});

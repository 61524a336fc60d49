import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { applyDeliveries } from "#lib/inbound/apply-deliveries.ts";
import { openStage, SOLAR, type Stage } from "#lib/inbound/testing.ts";
import { readForms } from "./read-forms-again.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function submit(name: string): Promise<void> {
  await stage.control("instant-forms/submit", { pageId: SOLAR, answers: { full_name: [name] } });
}

/** As if the page's conversations had just been read again. */
async function readAgain(): Promise<void> {
  await prisma.pageHealth.upsert({
    where: { pageId: SOLAR },
    create: { pageId: SOLAR, reconciledAt: new Date() },
    update: { reconciledAt: new Date() },
  });
  while (await readForms.step());
  while (await applyDeliveries());
}

const leads = () => prisma.instantLead.count({ where: { pageId: SOLAR } });
const told = () =>
  prisma.pageHistory.findMany({ where: { pageId: SOLAR, kind: "forms_read" }, select: { data: true } });

test("submissions whose announcements were lost come back once, and the page tells it", async () => {
  await submit("Heard at once");
  await stage.settle();
  expect(await leads()).toBe(1);
  await stage.control("faults", { drop: true });
  await submit("Lost one");
  await submit("Lost two");
  await stage.control("faults", { clear: true });
  await stage.settle();
  expect(await leads()).toBe(1);

  await readAgain();
  expect(await leads()).toBe(3);
  expect(await told()).toEqual([{ data: { leads: 2 } }]);
  expect(await prisma.lead.count({ where: { pageId: SOLAR, source: "instant_form" } })).toBe(3);

  await readAgain();
  expect(await leads()).toBe(3);
  expect(await told()).toHaveLength(1);
});

test("a page whose leads are not ours to read is looked at again later, without trouble", async () => {
  const patch = (leadAccess: boolean) =>
    fetch(`${process.env.META_GRAPH_URL}/control/pages/${SOLAR}`, {
      method: "PATCH",
      body: JSON.stringify({ leadAccess }),
    });
  await patch(false);
  await readAgain();
  expect(await prisma.pageTrouble.count({ where: { pageId: SOLAR } })).toBe(0);
  await patch(true);
});

test("while Meta rests nothing is skipped", async () => {
  await stage.control("faults", { drop: true });
  await submit("Lost while Meta rests");
  await stage.control("faults", { drop: false, usage: { pageId: SOLAR, percent: 100 } });
  const before = await leads();
  await readAgain();
  expect(await leads()).toBe(before);
  await stage.control("faults", { clear: true });
  await prisma.pageHealth.updateMany({ data: { pausedUntil: null } });
  await readAgain();
  expect(await leads()).toBe(before + 1);
});

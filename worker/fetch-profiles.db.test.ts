import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { ads, ago, openStage, type Stage } from "#lib/inbound/testing.ts";
import { findLeads } from "#lib/leads/find-leads.ts";
import { emptyLeadFilter } from "#lib/leads/lead-filter.ts";
import { newViewer } from "../prisma/factories.ts";
import { fetchProfiles } from "./fetch-profiles.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test("names come after the lead, and the lead is found by them", async () => {
  const played = z.object({ psid: z.string() });
  const viewer = await newViewer();
  const people = [];
  for (const name of ["Jürgen Groß", "Zoë O'Neill", "李小龍"]) {
    people.push({
      name,
      ...played.parse(await stage.control("flows", { adId: ads.roof, name, ending: "complete", endedAt: ago(1) })),
    });
  }
  await stage.settle();
  const { rows } = await findLeads(emptyLeadFilter(), viewer);
  expect(rows.map(({ name }) => name)).toEqual([null, null, null]);

  const due = () => prisma.person.count({ where: { profileRetryAt: { lte: new Date() } } });
  expect(await due()).toBe(3);
  while (await fetchProfiles.step());
  for (const { psid, name } of people) {
    const { fullName } = await prisma.person.findFirstOrThrow({ where: { psid } });
    // Meta withholds some people's profiles; they stay unnamed and are asked for later.
    expect([name, null]).toContain(fullName);
    const found = await findLeads({ ...emptyLeadFilter(), q: name.toUpperCase() }, viewer);
    expect(found.rows.map((row) => row.psid)).toEqual(fullName === null ? [] : [psid]);
  }
  expect(await prisma.person.count({ where: { fullName: { not: null } } })).toBeGreaterThan(0);
});

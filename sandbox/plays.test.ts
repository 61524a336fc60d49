import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KITCHEN, NOW, openStage, SOLAR, type Stage } from "./testing.ts";

const MINUTE = 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const names = async () => {
  const { plays } = await stage.control("plays");
  return Array.isArray(plays) ? plays.map(({ name }: { name: string }) => name) : [];
};

describe("plays", () => {
  test("each one plays all its beats at once, over and over, in one world", async () => {
    await stage.control("delivery", { batch: 1000 });
    await stage.control("seed", { count: 40, to: NOW - MINUTE });
    for (const name of await names()) {
      const before = stage.sandbox.meta.world.counter;
      stage.clock.now += 10 * MINUTE;
      expect(await stage.control("play", { name, rate: 12, minutes: 0 })).toMatchObject({
        status: 200,
        done: 12,
        total: 12,
      });
      expect(stage.sandbox.meta.world.counter).toBeGreaterThan(before);
    }
    expect(stage.sandbox.meta.world.settings.down).toBe(false);
    expect(stage.sandbox.meta.world.pages[0]?.policy).toBeNull();
    expect(stage.sandbox.meta.world.instantLeads.length).toBeGreaterThanOrEqual(12);
    expect(stage.sandbox.meta.world.ads.some(({ questions }) => questions.length === 40)).toBe(true);
    expect((await stage.heard()).length).toBeGreaterThan(300);
  });

  test("a play goes on until it is stopped, or the world is another", async () => {
    const playing = await stage.control("play", { name: "rush", rate: 1, minutes: 60 });
    expect(playing).toMatchObject({ done: 1, total: 60 });
    expect(await stage.control("plays")).toMatchObject({ running: [{ name: "rush", done: 1 }] });
    expect(await stage.control("play", { stop: true })).toMatchObject({ stopped: [{ name: "rush" }] });
    expect(await stage.control("plays")).toMatchObject({ running: [] });
    expect(await stage.control("play", { name: "nothing" })).toMatchObject({ status: 404 });
  });
});

describe("a gap", () => {
  test("minutes of events are lost for ever, and the answer is what the history still shows", async () => {
    await stage.control("seed", { count: 20, to: NOW - 30 * MINUTE });
    await stage.heard();
    const gap = await stage.control("gap", { pageId: SOLAR, minutes: 20, events: 500, leads: 12 });
    expect(await stage.heard()).toEqual([]);
    expect(gap.events).toBeGreaterThanOrEqual(500);
    expect(gap.events).toBeLessThan(520);

    const { threads, people } = stage.sandbox.meta.world;
    const shown: { psid: string; mids: string[] }[] = Array.isArray(gap.shown) ? gap.shown : [];
    expect(gap.threads).toBe(shown.length);
    expect(gap.messages).toBe(shown.reduce((sum, { mids }) => sum + mids.length, 0));
    for (const { psid, mids } of shown) {
      expect(people[psid]?.pageId).toBe(SOLAR);
      const newest = threads[psid]?.messages.slice(-20) ?? [];
      expect(newest.filter(({ at }) => at >= NOW - 20 * MINUTE).map(({ mid }) => mid)).toEqual(mids);
    }
    const leads = Array.isArray(gap.leads) ? gap.leads : [];
    expect(leads.length).toBeGreaterThan(0);
    expect(leads.length).toBeLessThanOrEqual(12);
    for (const { psid, answers } of leads) {
      const texts = threads[psid]?.messages.slice(-20).map(({ text }) => text) ?? [];
      for (const { answer } of answers) expect(texts).toContain(answer);
    }
    await stage.control("flows", { adId: "120231004567890104", ending: "complete" });
    expect((await stage.heard()).length).toBeGreaterThan(0);
  });

  test("an empty world has gaps too, and few events make a small one", async () => {
    const gap = await stage.control("gap", { pageId: KITCHEN, minutes: 5, events: 30, leads: 1 });
    expect(gap).toMatchObject({ status: 200, leads: [{ ending: "complete" }] });
    expect(await stage.control("gap", { pageId: "1" })).toMatchObject({ status: 404 });
  });
});

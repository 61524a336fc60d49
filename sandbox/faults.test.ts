import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DREAM, NOW, openStage, ROOF, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe("deliveries that go wrong", () => {
  test("the next few are lost for ever, or all of them until told otherwise", async () => {
    await stage.control("faults", { dropDeliveries: 2 });
    await stage.control("flows", { adId: SHOWROOM, ending: "complete" });
    expect((await stage.heard()).map(word)).toEqual(["remove Lead in Progress", "add Lead Complete"]);
    await stage.control("faults", { drop: true });
    await stage.control("flows", { adId: ROOF, ending: "complete" });
    expect(await stage.heard()).toEqual([]);
    expect(await stage.control("faults", { drop: false })).toMatchObject({ drop: false });
    const state = await stage.control("state?threads=0");
    expect(state).toMatchObject({ delivery: { lost: 8, queued: 0 } });
    await stage.control("flows", { adId: SHOWROOM, ending: "complete" });
    expect(await stage.heard()).toHaveLength(4);
  });

  test("late ones wait for their time, and what comes after the order overtakes them", async () => {
    await stage.control("faults", { delayMs: 60_000 });
    await stage.control("flows", { adId: DREAM, ending: "stopped", answers: ["Neue Küche"] });
    await stage.control("faults", { delayMs: 0 });
    const psid = await stage.control("people", { pageId: SOLAR });
    await stage.control("messages", { pageId: SOLAR, psid: psid.psid, text: "Erste" });
    await stage.control("delivery/idle", { timeoutMs: 40 });
    expect(stage.wires.map(({ body }) => body).join()).toContain("Erste");
    expect(stage.wires).toHaveLength(1);
    stage.clock.now = NOW + 60_001;
    expect((await stage.heard()).map(word)).toEqual([
      "message",
      "message",
      "echo 413038776280800",
      "message",
      "LEAD_INCOMPLETE",
    ]);
  });

  test("a thousand updates travel in one delivery, changes of one moment in one entry, Instagram apart", async () => {
    await stage.control("delivery", { hold: true, batch: 1000 });
    await stage.control("play", { name: "rush", rate: 200, minutes: 0 });
    const person = await stage.control("people", { pageId: SOLAR, platform: "instagram" });
    await stage.control("messages", { pageId: SOLAR, psid: person.psid, text: "Hi" });
    for (let count = 0; count < 3; count += 1) await stage.control("instant-forms/submit", { pageId: SOLAR });
    const waiting = stage.sandbox.meta.world.queue.length;
    expect(waiting).toBeGreaterThan(1000);
    await stage.control("delivery", { hold: false });
    expect(await stage.heard()).toHaveLength(waiting);
    const bodies = stage.wires.map(({ body }) => JSON.parse(body));
    const counts = bodies.map(({ entry }) =>
      entry.reduce((sum: number, { messaging, standby, changes }: Record<string, unknown[]>) => {
        return sum + [...(messaging ?? []), ...(standby ?? []), ...(changes ?? [])].length;
      }, 0),
    );
    expect(Math.max(...counts)).toBe(1000);
    expect(bodies.map(({ object }) => object)).toContain("instagram");
    expect(bodies.at(-1).entry.at(-1).changes).toHaveLength(3);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStage, ROOF, SHOWROOM, SOLAR, type Stage } from "./testing.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe("the delivery log", () => {
  test("says with which signature each one went, and what the answer was", async () => {
    stage.statuses.push(500);
    await stage.control("flows", { adId: SHOWROOM, ending: "complete" });
    await stage.heard();
    const { deliveries } = await stage.control("deliveries");
    const [first] = Array.isArray(deliveries) ? deliveries : [];
    const [wire] = stage.wires;
    expect(first).toMatchObject({ signature: wire?.signature, body: wire?.body, status: 200, tookMs: 0 });
  });

  test("marks what was lost on order and what no subscription wanted, one line for one moment", async () => {
    await stage.control("faults", { drop: true });
    await stage.control("flows", { adId: ROOF, ending: "complete" });
    await stage.control("faults", { drop: false, unsubscribePage: SOLAR });
    await stage.control("flows", { adId: ROOF, ending: "complete" });
    expect(await stage.heard()).toEqual([]);
    const { deliveries } = await stage.control("deliveries");
    expect(deliveries).toMatchObject([
      {
        missed: "lost",
        attempts: 0,
        events: expect.arrayContaining([expect.objectContaining({ channel: "messaging" })]),
      },
      { missed: "unwanted", attempts: 0, isAccepted: false },
    ]);
  });
});

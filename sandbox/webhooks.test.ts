import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signature } from "./sign.ts";
import { DREAM, itemsOf, NOW, openStage, ROOF, SHOWROOM, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  stage = await openStage({ statePath: join(folder, "world", "state.json") });
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});
const words = (wires: { body: string }[]) => wires.flatMap(({ body }) => itemsOf(body).map(word));

describe("delivery", () => {
  test("every delivery is ASCII and signed over its bytes", async () => {
    await stage.control("flows", { adId: DREAM, ending: "complete", name: "Zoë 🌻" });
    await stage.heard();
    expect(stage.wires.length).toBeGreaterThan(5);
    for (const { body, signature: given } of stage.wires) {
      expect(body).toMatch(/^[\x20-\x7e]+$/);
      expect(given).toBe(signature(body, "secret"));
    }
  });

  test("what is refused comes again, in order, until it is accepted", async () => {
    stage.statuses.push(500, 503, 403);
    await stage.control("flows", { adId: SHOWROOM, ending: "complete" });
    await stage.heard();
    expect(words(stage.wires)).toEqual([
      "add Lead in Progress",
      "LEAD_COMPLETE",
      "remove Lead in Progress",
      "add Lead Complete",
    ]);
    const { deliveries } = await stage.control("deliveries");
    expect(deliveries).toMatchObject([{ attempts: 4, status: 200, isAccepted: true }, {}, {}, {}]);
  });

  test("held, shuffled, flushed, repeated and batched on order", async () => {
    await stage.control("delivery", { hold: true, batch: 3, repeat: 1 });
    await stage.control("flows", { adId: ROOF, ending: "complete" });
    expect(stage.wires).toEqual([]);
    expect(await stage.control("delivery/idle", { timeoutMs: 1 })).toMatchObject({ status: 409, queued: 6 });
    await stage.control("delivery/flush", {});
    await stage.control("delivery", { hold: false });
    await stage.heard();
    expect(stage.wires.map(({ body }) => itemsOf(body).length)).toEqual([3, 3, 3, 3]);
    expect(stage.wires[1]?.body).toBe(stage.wires[0]?.body);

    await stage.control("delivery", { hold: true, shuffle: true, repeat: 0, batch: 1 });
    await stage.control("flows", { adId: DREAM, ending: "complete" });
    const ordered = stage.sandbox.meta.world.queue.map(({ item }) => item);
    await stage.control("delivery", { hold: false });
    const shuffled = (await stage.heard()).map(({ item }) => JSON.stringify(item));
    const inOrder = ordered.map((item) => JSON.stringify(JSON.parse(item)));
    expect(shuffled).not.toEqual(inOrder);
    expect(shuffled.toSorted()).toEqual(inOrder.toSorted());
  });

  test("a product that is down gets everything once it is back", async () => {
    await stage.control("delivery", { down: true });
    await stage.control("flows", { adId: SHOWROOM, ending: "complete" });
    expect(await stage.control("delivery/idle", { timeoutMs: 30 })).toMatchObject({ status: 504, idle: false });
    await stage.control("delivery", { down: false });
    expect(await stage.heard()).toHaveLength(4);
  });
});

describe("restart", () => {
  test("people, threads and undelivered events survive, and ids go on", async () => {
    await stage.control("delivery", { hold: true });
    const before = await stage.control("flows", { adId: ROOF, ending: "complete", name: "Kim Muster" });
    await stage.restart();
    expect(await stage.control(`threads/${SOLAR}/${before.psid}`)).toMatchObject({
      name: "Kim Muster",
      flow: { ending: "complete" },
    });
    await stage.control("delivery", { hold: false });
    expect(await stage.heard()).toHaveLength(6);
    const reply = { recipient: { id: before.psid }, message: { text: "Willkommen zurück" } };
    expect((await stage.graph("me/messages", reply)).status).toBe(200);
    const after = await stage.control("flows", { adId: ROOF, ending: "complete", name: "Kim Muster" });
    expect(after.psid).not.toBe(before.psid);
  });

  test("so do subscriptions, personas and labels", async () => {
    await stage.graph(`${SOLAR}/subscribed_apps`, { subscribed_fields: "messages,leadgen" });
    const persona = { name: "Jana", profile_picture_url: "https://files.example/jana.png" };
    const { json } = await stage.graph("me/personas", persona);
    await stage.restart();
    expect((await stage.graph(`${SOLAR}/subscribed_apps`)).json).toMatchObject({
      data: [{ subscribed_fields: ["messages", "leadgen"] }],
    });
    expect((await stage.graph(`${String(json.id)}`)).json).toMatchObject({ name: "Jana" });
    const again = await stage.graph("me/personas", persona);
    expect(again.json.id).not.toBe(json.id);
  });

  test("the new run is on disk before it makes an id, so that a hard kill repeats none", async () => {
    const run = () => JSON.parse(readFileSync(join(folder, "world", "state.json"), "utf8")).run;
    expect(run()).toBe(1);
    await stage.restart();
    expect(run()).toBe(2);
  });

  test("resetting with a seed makes the same world again; without one, ids go on", async () => {
    const play = async () => {
      const { psid } = await stage.control("flows", { adId: DREAM, ending: "complete" });
      return { psid, mids: JSON.stringify((await stage.heard()).map(({ item }) => item)) };
    };
    await stage.control("reset", { seed: "one" });
    const first = await play();
    await stage.control("reset", { seed: "one" });
    expect(await play()).toEqual(first);
    await stage.control("reset", {});
    expect((await play()).psid).not.toBe(first.psid);
  });
});

describe("seeding", () => {
  test("equal seeds play equal weeks, of all kinds, up to the last minutes", async () => {
    const seed = { count: 250, from: NOW - 9 * 86_400_000, to: NOW };
    const runs: string[] = [];
    for (let again = 0; again < 2; again += 1) {
      await stage.control("reset", { seed: "week" });
      await stage.control("delivery", { hold: true });
      expect(await stage.control("seed", seed)).toMatchObject({ status: 200, flows: 250 });
      runs.push(JSON.stringify(stage.sandbox.meta.world.queue));
    }
    expect(runs[1]).toBe(runs[0]);

    const { threads } = stage.sandbox.meta.world;
    const endings = Object.values(threads).flatMap(({ flows }) => flows.map(({ ending }) => ending));
    const share = endings.filter((ending) => ending === "complete").length / endings.length;
    expect(share).toBeGreaterThan(0.58);
    expect(share).toBeLessThan(0.72);
    expect(new Set(endings).size).toBe(6);
    const ended = Object.values(threads).flatMap(({ flows }) => flows.map(({ endedAt }) => endedAt ?? 0));
    expect(Math.max(...ended)).toBeGreaterThan(NOW - 30 * 60_000);
    expect(Math.max(...ended)).toBeLessThanOrEqual(NOW);
    expect(Object.values(threads).some(({ flows }) => flows.length > 1)).toBe(true);
    await stage.control("delivery", { hold: false });
    expect((await stage.heard()).length).toBeGreaterThan(1500);
    expect(stage.wires.length).toBeLessThan(120);
  });
});

describe("the control interface", () => {
  test("says what is wrong with a body, and knows what is not there", async () => {
    expect(await stage.control("flows", { adId: ROOF, ending: "happy" })).toMatchObject({
      status: 400,
      error: expect.stringContaining("ending"),
    });
    expect(await stage.control("flows", { adId: "1", ending: "complete" })).toMatchObject({ status: 404 });
    expect(await stage.control("messages", { pageId: SOLAR, psid: "7", text: "?" })).toMatchObject({ status: 404 });
    expect(await stage.control("nonsense", {})).toMatchObject({ status: 404 });
    expect(await stage.control("health")).toEqual({ ok: true, status: 200 });
    expect(await stage.control("state?threads=0")).toMatchObject({ threads: [], pages: [{ id: SOLAR }, {}] });
  });

  test("streams what changes", async () => {
    const response = await fetch(`${stage.sandbox.address}/control/stream`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await stage.control("flows/start", { adId: ROOF, name: "Ida" });
    let text = "";
    while (!text.includes('"name":"Ida"')) text += (await reader?.read())?.value ?? "";
    expect(text).toContain('event: change\ndata: {"kind":"thread"');
    await reader?.cancel();
  });
});

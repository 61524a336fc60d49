import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OURS, openStage, ROOF, SOLAR, type Stage } from "./testing.ts";

/** A world of an older make, as its file has it. */
const old = {
  seed: "test",
  run: 4,
  counter: 10,
  appId: "999",
  pages: [{ id: SOLAR, name: "Solar Süd", regime: "routing", defaultAppId: "999" }],
  ads: [{ id: ROOF, pageId: SOLAR, title: "Old", questions: [{ text: "?" }] }],
  people: { "71": { psid: "71", pageId: SOLAR, name: "Kim", email: "", phone: "", city: "", hasProfile: true } },
  threads: {
    "71": {
      pageId: SOLAR,
      psid: "71",
      messages: [{ mid: "m_1", from: "person", text: "Hi", attachments: [], quickReplies: [], at: 1000 }],
      flows: [{ adId: ROOF, state: "ended", ending: "complete", step: 1, answers: [], startedAt: 1, endedAt: 2 }],
      ownerAppId: null,
      ownedSince: null,
      ownedUntil: null,
      requestedByAppId: null,
      lastUserActionAt: 1000,
      firstAdMessageAt: null,
      labels: [],
    },
  },
  queue: [
    {
      id: 3,
      pageId: SOLAR,
      channel: "messaging",
      what: "message",
      psid: "71",
      entryTime: 1,
      item: "{}",
      hopContext: null,
    },
  ],
  log: [],
  settings: { hold: false, down: false, repeat: 0, shuffle: false, batch: 1 },
  faults: { sends: [], revokedPageIds: [], dropEchoes: 0 },
  sent: [],
};

let folder: string;
let stage: Stage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

test("a world of an older make goes on: its people stay, what they can do now is new", async () => {
  const statePath = join(folder, "state.json");
  writeFileSync(statePath, JSON.stringify(old));
  stage = await openStage({ statePath });
  const at = { pageId: SOLAR, psid: "71" };
  expect(await stage.heard()).toMatchObject([{ pageId: SOLAR, item: {} }]);
  expect(await stage.control(`threads/${SOLAR}/71`)).toMatchObject({ name: "Kim", platform: "messenger", labels: [] });
  expect(await stage.control("edits", { ...at, mid: "m_1", text: "Hallo" })).toMatchObject({
    messages: [{ text: "Hallo", edits: ["Hi"] }],
  });
  expect(await stage.control("optins", { ...at, topic: "offers", action: "opt_in" })).toMatchObject({ status: 200 });
  expect(await stage.control("pages")).toMatchObject({ pages: [{ id: SOLAR, defaultAppId: OURS }, {}] });
  expect(await stage.control("templates")).toMatchObject({ ads: [{ adId: ROOF, steps: { length: 6 } }, {}, {}, {}] });
});

test("another app id takes the place of the old one in what was changed", async () => {
  const statePath = join(folder, "state.json");
  stage = await openStage({ statePath });
  await stage.put(`templates/${ROOF}`, { intro: "Changed" });
  await stage.close();
  stage = await openStage({ statePath, appId: "4242" });
  expect(await stage.control("templates")).toMatchObject({
    ads: [{ intro: "Changed", connectedAppId: "4242" }, {}, {}, {}],
  });
  expect(await stage.control("pages")).toMatchObject({ pages: [{ defaultAppId: "4242" }, { defaultAppId: null }] });
});

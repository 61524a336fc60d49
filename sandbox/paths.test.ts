import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { INBOX, type Json, NOW, OURS, openStage, ROOF, SOLAR, type Stage, word } from "./testing.ts";

/** Every way a flow can go, for each way control can be routed: what the app hears, where, and who has control afterwards. */
const HOUR = 3_600_000;
const OTHER = "2233445566778899";
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const situations: Record<string, { page: Json; template: Json }> = {
  connected: { page: { defaultAppId: OURS }, template: { connectedAppId: OURS, allowInterrupt: false } },
  "connected, no default": { page: { routing: "none" }, template: { connectedAppId: OURS } },
  "default is ours": { page: { defaultAppId: OURS }, template: { connectedAppId: null } },
  "default is the inbox": { page: { defaultAppId: INBOX }, template: { connectedAppId: null } },
  "connected elsewhere": { page: { defaultAppId: INBOX }, template: { connectedAppId: OTHER } },
  "connected elsewhere, default is ours": { page: { defaultAppId: OURS }, template: { connectedAppId: OTHER } },
  neither: { page: { routing: "none" }, template: { connectedAppId: null } },
};

async function arrange(situation: string, more: Json = {}): Promise<void> {
  const { page, template } = situations[situation] ?? { page: {}, template: {} };
  await stage.patch(`pages/${SOLAR}`, page);
  expect(await stage.put(`templates/${ROOF}`, { labels: false, ...template, ...more })).toMatchObject({ status: 200 });
}

/** The words heard, and who has control at the end. */
async function path(ending: string, more: Json = {}): Promise<{ words: string[]; control: unknown }> {
  const played = await stage.control("flows", {
    adId: ROOF,
    ending,
    answers: ["Ja", "unter 50 m²"].slice(0, 1),
    ...more,
  });
  expect(played).toMatchObject({ status: 200 });
  const { control } = await stage.control(`threads/${SOLAR}/${String(played.psid)}`);
  return { words: (await stage.heard()).map(word), control: (control as Json).name };
}

const PASS = "pass_thread_control";

describe("complete", () => {
  test.each([
    ["connected", [PASS, "LEAD_COMPLETE", "summary"], "ours"],
    ["connected, no default", [PASS, "LEAD_COMPLETE", "summary"], "ours"],
    ["default is ours", [PASS, "LEAD_COMPLETE"], "ours"],
    ["default is the inbox", [PASS, "LEAD_COMPLETE"], "page_inbox"],
    ["connected elsewhere", [PASS, "LEAD_COMPLETE"], "other_app"],
    ["neither", ["LEAD_COMPLETE"], "idle"],
  ])("%s", async (situation, words, control) => {
    await arrange(situation);
    expect(await path("complete", { answers: undefined })).toEqual({ words, control });
  });

  test("what another app may answer is overheard on standby", async () => {
    await arrange("connected elsewhere, default is ours", { blockSendApi: false });
    const { words, control } = await path("complete", { answers: undefined });
    expect(words.slice(0, 2)).toEqual(["standby message", "standby echo 413038776280800"]);
    expect(words.slice(-2)).toEqual([PASS, "LEAD_COMPLETE"]);
    expect(control).toBe("other_app");
  });

  test("without the summary, and with the questions overheard", async () => {
    await arrange("connected", { sendSummary: false, blockSendApi: false });
    const { words } = await path("complete", { answers: undefined });
    expect(words.slice(0, 3)).toEqual(["message", "echo 413038776280800", "message"]);
    expect(words.slice(-2)).toEqual([PASS, "LEAD_COMPLETE"]);
  });
});

describe.each(["disqualified", "abandoned"])("%s", (ending) => {
  test.each([
    ["connected", [PASS, "LEAD_INCOMPLETE"], "ours"],
    ["default is ours", [PASS, "LEAD_INCOMPLETE"], "ours"],
    ["default is the inbox", [PASS, "LEAD_INCOMPLETE"], "page_inbox"],
    ["connected elsewhere", [PASS, "LEAD_INCOMPLETE"], "other_app"],
    ["neither", ["LEAD_INCOMPLETE"], "idle"],
  ])("%s", async (situation, words, control) => {
    await arrange(situation);
    expect(await path(ending)).toEqual({ words, control });
  });
});

describe("stop keyword: the keyword as a message to whom it concerns, control released", () => {
  test.each([
    ["connected", ["message", "LEAD_INCOMPLETE"]],
    ["default is ours", ["message", "LEAD_INCOMPLETE"]],
    ["default is the inbox", ["standby message", "LEAD_INCOMPLETE"]],
    ["connected elsewhere", ["standby message", "LEAD_INCOMPLETE"]],
    ["connected elsewhere, default is ours", ["message", "LEAD_INCOMPLETE"]],
    ["neither", ["message", "LEAD_INCOMPLETE"]],
  ])("%s", async (situation, words) => {
    await arrange(situation);
    expect(await path("stopped")).toEqual({ words, control: "idle" });
  });

  test("the person reads the stop message, and without one nothing", async () => {
    await arrange("connected", { stopMessage: null });
    const started = await stage.control("flows/start", { adId: ROOF });
    const at = { pageId: SOLAR, psid: started.psid };
    await stage.control("flows/answer", { ...at, choice: 0 });
    const { messages } = await stage.control("flows/answer", { ...at, text: "mensch" });
    expect((messages as Json[]).at(-1)).toMatchObject({ from: "person", text: "mensch" });
  });
});

describe("a human answers in the Page Inbox while the questions run", () => {
  test.each([
    ["connected", ["take_thread_control", `standby echo ${INBOX}`, "standby delivery", "LEAD_INCOMPLETE"]],
    ["default is ours", ["take_thread_control", `standby echo ${INBOX}`, "standby delivery", "LEAD_INCOMPLETE"]],
    ["neither", ["take_thread_control", `echo ${INBOX}`, "delivery", "LEAD_INCOMPLETE"]],
  ])("%s", async (situation, words) => {
    await arrange(situation);
    expect(await path("interrupted_by_inbox")).toEqual({ words, control: "page_inbox" });
  });
});

describe("an app interrupts", () => {
  test("ours, connected and allowed to: its messages, our echo, the referral, control is ours", async () => {
    await arrange("connected", { allowInterrupt: true });
    expect(await path("interrupted_by_app")).toEqual({
      words: ["message", "echo 413038776280800", `echo ${OURS}`, "delivery", "LEAD_INCOMPLETE"],
      control: "ours",
    });
  });

  test("another one, connected and allowed to: overheard on standby; not allowed, it is refused", async () => {
    await arrange("connected elsewhere", { allowInterrupt: true });
    const started = await stage.control("flows/start", { adId: ROOF });
    const at = { pageId: SOLAR, psid: String(started.psid) };
    expect(await stage.control("other-app", { ...at, action: "reply", text: "Hi" })).toMatchObject({ status: 409 });
    await stage.control("flows/answer", { ...at, choice: 0 });
    expect(await stage.control("other-app", { ...at, action: "reply", text: "Hi" })).toMatchObject({
      control: { name: "other_app" },
      flow: { ending: "interrupted_by_app" },
    });
    expect((await stage.heard()).map(word)).toEqual([
      "standby message",
      "standby echo 413038776280800",
      "take_thread_control",
      `standby echo ${OTHER}`,
      "standby delivery",
      "LEAD_INCOMPLETE",
    ]);
    await arrange("connected");
    const next = await stage.control("flows/start", { adId: ROOF });
    await stage.control("flows/answer", { pageId: SOLAR, psid: next.psid, choice: 0 });
    expect(await stage.control("other-app", { pageId: SOLAR, psid: next.psid, action: "reply" })).toMatchObject({
      status: 409,
    });
  });
});

test.each(Object.keys(situations))("tapped and never answered, %s: nothing at all", async (situation) => {
  await arrange(situation, { blockSendApi: false });
  const started = await stage.control("flows/start", { adId: ROOF });
  const at = { pageId: SOLAR, psid: started.psid };
  expect(await stage.control("flows/end", { ...at, ending: "abandoned" })).toMatchObject({ status: 409 });
  expect(await stage.control("inbox", { ...at, action: "reply" })).toMatchObject({ status: 409 });
  expect(await stage.heard()).toEqual([]);
});

test("Meta's labels: in progress from the first answer, then the one of the ending, and none when it was stopped", async () => {
  for (const [ending, label] of [
    ["complete", ["add Lead Complete"]],
    ["disqualified", ["add Lead Disqualified"]],
    ["abandoned", ["add Lead Incomplete"]],
    ["stopped", []],
  ] as const) {
    await arrange("connected", { labels: true });
    const { words } = await path(ending, { answers: undefined });
    expect(words.filter((text) => text.includes(" Lead "))).toEqual([
      "add Lead in Progress",
      "remove Lead in Progress",
      ...label,
    ]);
  }
});

describe("how long control lasts", () => {
  const until = async (psid: unknown) => {
    const { control } = await stage.control(`threads/${SOLAR}/${String(psid)}`);
    return ((Number((control as Json).until) || stage.clock.now) - NOW) / HOUR;
  };

  test("a day after the last user message, or as many as the template says; a routing action makes it one again", async () => {
    await arrange("connected", { controlDays: 3 });
    const { psid } = await stage.control("flows", { adId: ROOF, ending: "complete" });
    const at = { pageId: SOLAR, psid };
    expect(await until(psid)).toBe(72);
    stage.clock.now += 10 * HOUR;
    await stage.control("messages", { ...at, text: "Noch da?" });
    expect(await until(psid)).toBe(82);
    await stage.control("inbox", { ...at, action: "take" });
    await stage.control("inbox", { ...at, action: "pass" });
    expect(await until(psid)).toBe(82 - 48);
    await stage.control("expire-control", at);
    expect(await stage.control(`threads/${SOLAR}/${String(psid)}`)).toMatchObject({ control: { name: "idle" } });
    await stage.control("messages", { ...at, text: "Hallo?" });
    expect(await stage.control(`threads/${SOLAR}/${String(psid)}`)).toMatchObject({ control: { name: "ours" } });
  });

  test("what is no number of days from one to seven is one day", async () => {
    await arrange("connected", { controlDays: 30 });
    const { psid } = await stage.control("flows", { adId: ROOF, ending: "complete" });
    expect(await until(psid)).toBe(24);
  });

  test("a release of the inbox tells nobody, and the default app hears what comes next", async () => {
    await arrange("connected");
    const { psid } = await stage.control("flows", { adId: ROOF, ending: "interrupted_by_inbox" });
    await stage.heard();
    const at = { pageId: SOLAR, psid };
    expect(await stage.control("inbox", { ...at, action: "release" })).toMatchObject({ control: { name: "idle" } });
    await stage.control("messages", { ...at, text: "Und jetzt?" });
    expect((await stage.heard()).map(word)).toEqual(["message"]);
  });

  test("the second app takes where taking is allowed, asks without routing, and gets an idle thread at once", async () => {
    await arrange("connected");
    const { psid } = await stage.control("flows", { adId: ROOF, ending: "complete" });
    const at = { pageId: SOLAR, psid };
    const act = (action: string) => stage.control("other-app", { ...at, action });
    await stage.heard();
    await stage.patch(`pages/${SOLAR}`, { takeAllowed: false });
    expect(await act("take")).toMatchObject({ status: 409 });
    expect(await act("reply")).toMatchObject({ status: 409 });
    expect(await act("request")).toMatchObject({ status: 409 });
    await stage.patch(`pages/${SOLAR}`, { takeAllowed: true });
    expect(await act("take")).toMatchObject({ control: { name: "other_app" } });
    expect(await act("release")).toMatchObject({ control: { name: "idle" } });
    await stage.patch(`pages/${SOLAR}`, { routing: "none" });
    expect(await act("request")).toMatchObject({ control: { name: "other_app" } });
    expect((await stage.heard()).map(word)).toEqual(["take_thread_control", PASS]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  BATTERY,
  DREAM,
  type Heard,
  INBOX,
  isJson,
  NOW,
  OURS,
  openStage,
  ROOF,
  SHOWROOM,
  SOLAR,
  type Stage,
  word,
} from "./testing.ts";

const LEADGEN = "413038776280800";
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

/** Plays a flow and tells the words the product heard. */
async function play(adId: string, ending: string, more: Record<string, unknown> = {}): Promise<Heard[]> {
  const played = await stage.control("flows", { adId, ending, name: "Kim Muster", ...more });
  expect(played.status).toBe(200);
  return stage.heard();
}
const notLabels = (heard: Heard[]) => heard.map(word).filter((text) => !text.includes("Lead "));
const referralOf = (heard: Heard[]) => heard.find(({ item }) => "lead" in item);

describe("what the app hears of an ending", () => {
  test("complete, app connected, summary on: handover, referral, summary", async () => {
    const heard = await play(ROOF, "complete");
    expect(heard.map(word)).toEqual([
      "add Lead in Progress",
      "pass_thread_control",
      "LEAD_COMPLETE",
      "summary",
      "remove Lead in Progress",
      "add Lead Complete",
    ]);
    const [, handover, referral, summary] = heard;
    expect(handover?.item).toMatchObject({
      timestamp: NOW,
      pass_thread_control: {
        previous_owner_app_id: Number(LEADGEN),
        new_owner_app_id: Number(OURS),
        metadata: "messenger_lead_gen_complete",
      },
    });
    expect(handover?.hop).toEqual([{ app_id: Number(OURS), metadata: "messenger_lead_gen_complete" }]);
    expect(referral?.item).toMatchObject({ timestamp: NOW / 1000, referral: { source: "ADS", type: "LEAD_COMPLETE" } });
    expect(summary?.item).toMatchObject({
      timestamp: NOW / 1000,
      hop_context: { app_id: Number(OURS), metadata: "messenger_lead_gen_complete" },
    });
    expect(summary?.time).toBeGreaterThan(NOW);
  });

  test("the referral carries all answers in the order of the questions, as given", async () => {
    const answers = ["Ja", "weiß ich nicht", "Nächstes Jahr", "Tübingen", "+49 151 123", "kim@example.org"];
    const heard = await play(ROOF, "complete", { answers });
    const lead = referralOf(heard)?.item.lead;
    const data = isJson(lead) && Array.isArray(lead.data) ? lead.data : [];
    expect(data.map((pair: { answer: string }) => pair.answer)).toEqual(answers);
    expect(data[0]).toEqual({ question: "Gehört Ihnen das Haus?", answer: "Ja" });
  });

  test("disqualified: an incomplete handover and referral, no summary, Meta's label", async () => {
    const heard = await play(ROOF, "disqualified");
    expect(notLabels(heard)).toEqual(["pass_thread_control", "LEAD_INCOMPLETE"]);
    expect(heard.map(word)).toContain("add Lead Disqualified");
    expect(heard[1]?.hop).toEqual([{ app_id: Number(OURS), metadata: "messenger_lead_gen_incomplete" }]);
  });

  test("abandoned: the same two events, 48 hours after the last answer", async () => {
    const heard = await play(ROOF, "abandoned");
    expect(notLabels(heard)).toEqual(["pass_thread_control", "LEAD_INCOMPLETE"]);
    expect(heard.map(word)).toContain("add Lead Incomplete");
    expect(referralOf(heard)?.item.timestamp).toBe(NOW / 1000);
    const [progress] = heard;
    expect(progress?.time).toBeLessThan((NOW - 48 * 3_600_000) / 1000 + 1);
  });

  test("stopped by keyword: the keyword as a message, the referral, no handover and no echo of the confirmation", async () => {
    const heard = await play(ROOF, "stopped");
    expect(notLabels(heard)).toEqual(["message", "LEAD_INCOMPLETE"]);
    expect(heard.find(({ item }) => "message" in item)?.item).toMatchObject({ message: { text: "Support" } });
    expect(JSON.stringify(referralOf(heard)?.item.lead)).not.toContain("Support");
    expect(referralOf(heard)?.item.timestamp).toBe(NOW / 1000);
  });

  test("interrupted by a human in the Page Inbox: take, echo on standby, referral, no handover of the lead", async () => {
    const heard = await play(ROOF, "interrupted_by_inbox");
    expect(notLabels(heard)).toEqual([
      "take_thread_control",
      `standby echo ${INBOX}`,
      "standby delivery",
      "LEAD_INCOMPLETE",
    ]);
    expect(heard.find(({ item }) => "take_thread_control" in item)?.item).toMatchObject({
      take_thread_control: { previous_owner_app_id: LEADGEN, new_owner_app_id: INBOX },
    });
  });

  test("interrupted by our accepted send: messages during the flow, our echo, the referral", async () => {
    const heard = await play(BATTERY, "interrupted_by_app", { answers: ["Yes"] });
    expect(heard.map(word)).toEqual(["message", `echo ${LEADGEN}`, `echo ${OURS}`, "delivery", "LEAD_INCOMPLETE"]);
  });

  test("Send API not blocked: answers and the questions' echoes are heard, the first with the ad it came from", async () => {
    const heard = await play(DREAM, "complete");
    expect(heard.map(word).slice(0, 3)).toEqual(["message", `echo ${LEADGEN}`, "message"]);
    expect(heard[0]?.item).toMatchObject({
      message: { referral: { ad_id: DREAM, type: "OPEN_THREAD", source: "ADS" } },
    });
    expect(notLabels(heard).slice(-3)).toEqual(["pass_thread_control", "LEAD_COMPLETE", "summary"]);
  });

  test("no connected and no default app: only the referral", async () => {
    expect(notLabels(await play(SHOWROOM, "complete"))).toEqual(["LEAD_COMPLETE"]);
    expect(notLabels(await play(SHOWROOM, "disqualified"))).toEqual(["LEAD_INCOMPLETE"]);
  });

  test("an earlier time is the time of its events", async () => {
    const endedAt = NOW - 5 * 86_400_000;
    const heard = await play(DREAM, "complete", { endedAt: new Date(endedAt).toISOString() });
    expect(referralOf(heard)?.item.timestamp).toBe(endedAt / 1000);
    expect(heard.every(({ time }) => time < endedAt + 60_000)).toBe(true);
  });

  test("an ending the ad's settings rule out is refused in a sentence", async () => {
    expect(await stage.control("flows", { adId: ROOF, ending: "interrupted_by_app" })).toMatchObject({
      status: 409,
      error: "This ad does not allow the connected app to interrupt.",
    });
  });
});

describe("the customer's phone", () => {
  test("a tap alone is heard by nobody; the answers lead to the end", async () => {
    const started = await stage.control("flows/start", { adId: SHOWROOM, name: "Ben" });
    expect(await stage.heard()).toEqual([]);
    const at = { pageId: String(started.pageId), psid: String(started.psid) };
    expect(started).toMatchObject({
      flow: { question: "Is the kitchen for a private home?", input: "choice", step: 0, total: 3 },
    });
    await stage.control("flows/answer", { ...at, choice: 0 });
    const asked = await stage.control("messages", { ...at, text: "Saturday" });
    expect(asked).toMatchObject({ flow: { input: "email", step: 2 } });
    const ended = await stage.control("flows/answer", { ...at, choice: 0 });
    expect(ended).toMatchObject({ flow: { state: "ended", ending: "complete" }, control: { name: "idle" } });
    expect(notLabels(await stage.heard())).toEqual(["LEAD_COMPLETE"]);
  });

  test("a stop keyword is known in any case, and falling silent moves an unheard flow back two days", async () => {
    const one = await stage.control("flows/start", { adId: ROOF });
    await stage.control("flows/answer", { pageId: SOLAR, psid: one.psid, choice: 0 });
    expect(await stage.control("messages", { pageId: SOLAR, psid: one.psid, text: " sUPPORT " })).toMatchObject({
      flow: { ending: "stopped" },
    });
    const two = await stage.control("flows/start", { adId: ROOF });
    await stage.control("flows/answer", { pageId: SOLAR, psid: two.psid, choice: 0 });
    expect(await stage.control("flows/end", { pageId: SOLAR, psid: two.psid, ending: "abandoned" })).toMatchObject({
      flow: { ending: "abandoned", lastAnswerAt: NOW - 48 * 3_600_000, endedAt: NOW },
    });
  });
});

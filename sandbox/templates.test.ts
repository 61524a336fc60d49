import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isJson, type Json, openStage, ROOF, SOLAR, type Stage, word } from "./testing.ts";

let stage: Stage;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  stage = await openStage({ statePath: join(folder, "state.json") });
});
afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const steps = [
  {
    id: "home",
    question: "Do you own a house?",
    reply: "choices",
    choices: [
      { text: "Yes", nextStepId: "mail" },
      { text: "A flat", nextStepId: "floor" },
      { text: "No", nextStepId: "sorry" },
    ],
  },
  { id: "floor", question: "Which floor?", allowSkip: true },
  { id: "sorry", type: "disqualify", question: "Then we cannot help." },
  { id: "mail", question: "Your e-mail?", reply: "email", allowSkip: true },
];

async function start(adId: string): Promise<{ pageId: string; psid: string }> {
  const started = await stage.control("flows/start", { adId, name: "Kim Muster" });
  return { pageId: String(started.pageId), psid: String(started.psid) };
}
const make = (more: Json = {}) =>
  stage.control("templates", { pageId: SOLAR, adTitle: "New ad", language: "en", steps, labels: false, ...more });
const answersIn = (heard: { item: Json }[]) => heard.flatMap(({ item }) => (isJson(item.lead) ? [item.lead.data] : []));

describe("templates", () => {
  test("the ads of the demo are templates; a change is kept over a restart", async () => {
    const { ads } = await stage.control("templates");
    expect(ads).toHaveLength(4);
    expect(await stage.put(`templates/${ROOF}`, { intro: "Hi.", controlDays: 3, stopMessage: null })).toMatchObject({
      status: 200,
      adId: ROOF,
      intro: "Hi.",
      controlDays: 3,
      stopMessage: null,
      steps: [{ id: "q1", reply: "choices", choices: [{ text: "Ja" }, { disqualifies: true }] }, {}, {}, {}, {}, {}],
    });
    await stage.restart();
    expect(await stage.control("templates")).toMatchObject({ ads: [{ intro: "Hi.", controlDays: 3 }, {}, {}, {}] });
  });

  test("a new ad is answered by choices that jump, and its people skip what they may", async () => {
    const { adId } = await make();
    const person = await start(String(adId));
    expect(await stage.control("flows/answer", { ...person, choice: 1 })).toMatchObject({
      flow: { question: "Which floor?", allowsSkip: true },
      quickReplies: [{ title: "Skip" }],
    });
    expect(await stage.control("flows/answer", { ...person, skip: true })).toMatchObject({
      flow: { question: "Your e-mail?", total: 3 },
    });
    expect(await stage.control("flows/answer", { ...person, text: "kim@example.org" })).toMatchObject({
      flow: { ending: "complete" },
    });
    expect(answersIn(await stage.heard())).toEqual([
      [
        { question: "Do you own a house?", answer: "A flat" },
        { question: "Which floor?", answer: "" },
        { question: "Your e-mail?", answer: "kim@example.org" },
      ],
    ]);
  });

  test("a jump passes questions over, and an end that is jumped to disqualifies in its own words", async () => {
    const { adId } = await make();
    const one = await start(String(adId));
    expect(await stage.control("flows/answer", { ...one, choice: 0 })).toMatchObject({
      flow: { question: "Your e-mail?" },
    });
    const two = await start(String(adId));
    const ended = await stage.control("flows/answer", { ...two, choice: 2 });
    expect(ended).toMatchObject({ flow: { ending: "disqualified" } });
    expect(JSON.stringify(ended.messages)).toContain("Then we cannot help.");
    expect((await stage.heard()).map(word)).toEqual(["pass_thread_control", "LEAD_INCOMPLETE"]);
    for (const ending of ["complete", "disqualified", "abandoned"]) {
      expect(await stage.control("flows", { adId, ending })).toMatchObject({ status: 200, ending });
    }
  });

  test("the reminder comes once, and only where there is one", async () => {
    const { adId } = await make({ reminder: "Still there?", blockSendApi: false });
    const person = await start(String(adId));
    await stage.control("flows/answer", { ...person, choice: 1 });
    await stage.heard();
    expect(await stage.control("flows/remind", person)).toMatchObject({ status: 200 });
    expect((await stage.heard()).map(word)).toEqual(["echo 413038776280800"]);
    expect(await stage.control("flows/remind", person)).toMatchObject({ status: 409 });
    expect(await stage.control("flows/remind", await start(ROOF))).toMatchObject({ status: 409 });
  });

  test("a template that leads back, leads nowhere or asks nothing is refused in a sentence", async () => {
    const to = (nextStepId: string) => ({
      id: "b",
      question: "B?",
      reply: "choices",
      choices: [{ text: "x", nextStepId }],
    });
    const first = { id: "a", question: "A?" };
    expect(await make({ steps: [first, to("a")] })).toMatchObject({
      status: 400,
      error: expect.stringContaining("back"),
    });
    expect(await make({ steps: [first, to("c")] })).toMatchObject({ status: 400, error: expect.stringContaining("c") });
    expect(await make({ steps: [{ ...first, type: "disqualify" }] })).toMatchObject({ status: 400 });
    expect(await make({ steps: [first, first] })).toMatchObject({ status: 400 });
    expect(await stage.put("templates/1", {})).toMatchObject({ status: 404 });
  });
});

describe("a page's settings", () => {
  test("routing and the default app go together", async () => {
    const change = (body: Json) => stage.patch(`pages/${SOLAR}`, body);
    expect(await change({ routing: "none", takeAllowed: false, adWindowDays: 1 })).toMatchObject({
      regime: "zero-config",
      defaultAppId: null,
      takeAllowed: false,
      adWindowDays: 1,
    });
    expect(await change({ defaultAppId: "263902037430900" })).toMatchObject({
      routing: "configured",
      regime: "routing",
    });
    expect(await change({ routing: "none", defaultAppId: "1" })).toMatchObject({ status: 409 });
    expect(await change({ profileAllowed: false, leadAccess: false, labelsTermsAccepted: false })).toMatchObject({
      isProfileAllowed: false,
      hasLeadAccess: false,
      hasLabelTerms: false,
    });
    await stage.restart();
    expect(await stage.control("pages")).toMatchObject({ pages: [{ defaultAppId: "263902037430900" }, {}] });
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { prisma } from "#lib/db.ts";
import { getLead } from "#lib/leads/get-lead.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { newViewer } from "../../prisma/factories.ts";
import { delivery, referral } from "./item-samples.ts";
import { deliver, newThread, SOLAR as pageId } from "./testing.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));
const leadOf = (thread: { pageId: string; psid: string }) =>
  prisma.lead.findFirstOrThrow({ where: thread, include: { answers: { orderBy: { position: "asc" } } } });
const complete = (answers: { question: string; answer: string }[] = []) => ({
  isComplete: true,
  adId: "120231004567890101",
  answers,
});

beforeAll(() => connectPage({ id: pageId, name: "Solar Süd", token: "t" }));

describe("a lead is a lead", () => {
  test("without answers", async () => {
    const thread = newThread();
    const { lead: _, ...bare }: Record<string, unknown> = { ...referral(thread, at, complete()) };
    await deliver(delivery(pageId, bare));
    expect(await leadOf(thread)).toMatchObject({ status: "complete", answers: [] });
  });

  test("with the same question twice", async () => {
    const thread = newThread();
    const answers = [
      { question: "Phone?", answer: "+49 711 1234567" },
      { question: "Phone?", answer: "+49 171 7654321" },
    ];
    await deliver(delivery(pageId, referral(thread, at, complete(answers))));
    expect((await leadOf(thread)).answers).toMatchObject(answers);
  });

  test("with NUL, lone surrogates and ten thousand characters: stored, shown and found", async () => {
    const thread = newThread();
    const long = "ä".repeat(10_000);
    const body = JSON.stringify(
      delivery(
        pageId,
        referral(
          thread,
          at,
          complete([
            { question: "NUL?", answer: "a#b" },
            { question: "Half a face?", answer: "c%d" },
            { question: "Long?", answer: long },
          ]),
        ),
      ),
    )
      .replace("a#b", "a\\u0000b")
      .replace("c%d", "c\\ud83dd");
    await deliver(body);
    const { id, answers } = await leadOf(thread);
    expect(answers.map(({ answer }) => answer)).toEqual(["a␀b", "c\ufffdd", long]);
    const shown = await getLead({ pageId, id }, await newViewer());
    expect(shown).toMatchObject({ answers: [{ answer: "a␀b" }, { answer: "c\ufffdd" }, { answer: long }] });
  });

  test("with answers that are no text", async () => {
    const thread = newThread();
    const item = {
      ...referral(thread, at, complete()),
      lead: { data: [{ question: "Many?", answer: 3 }, "x", { question: "And?" }] },
    };
    await deliver(delivery(pageId, item));
    const { status, answers } = await leadOf(thread);
    expect({ status, answers: answers.map(({ question, answer }) => [question, answer]) }).toEqual({
      status: "complete",
      answers: [
        ["Many?", "3"],
        ["And?", ""],
      ],
    });
  });

  test("with ids above 2^53 as numbers, which keep every digit", async () => {
    const [psid, page, ad] = ["9007199254740993123", pageId, "120231004567890109"];
    const json = JSON.stringify({
      object: "page",
      entry: [
        {
          id: "PAGE",
          time: at.getTime(),
          messaging: [
            {
              sender: { id: "PSID" },
              recipient: { id: "PAGE" },
              timestamp: at.getTime() / 1000,
              referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: "AD" },
              lead: { data: [] },
            },
          ],
        },
      ],
    });
    await deliver(json.replaceAll('"PSID"', psid).replaceAll('"PAGE"', page).replaceAll('"AD"', ad));
    expect(await leadOf({ pageId, psid })).toMatchObject({ psid, adId: ad, at });
  });

  test.each([
    ["seconds", at.getTime() / 1000],
    ["milliseconds", at.getTime()],
    ["a text of seconds", `${at.getTime() / 1000}`],
  ])("with a time in %s, which is the same time", async (_, timestamp) => {
    const thread = newThread();
    await deliver(delivery(pageId, { ...referral(thread, at, complete()), timestamp }));
    expect((await leadOf(thread)).at).toEqual(at);
  });
});

import { describe, expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

const PAGE = "104411223344556";
const KIM = "7719004412345678";

const answers = [
  { question: "Do you own the house?", answer: "Yes" },
  { question: "Your postcode?", answer: "70173" },
  { question: "What is your email address?", answer: "k.muster@example.org" },
];

describe("lead referrals", () => {
  test("a referral carries outcome, ad and answers in their order", () => {
    expect(eventsOf("lead-complete")).toEqual([
      {
        kind: "lead_referral",
        pageId: PAGE,
        psid: KIM,
        at: new Date(1795341598_000),
        key: expect.stringMatching(/^lead_referral:sha256:[0-9a-f]{64}$/),
        position: 0,
        channel: "messaging",
        platform: "page",
        outcome: "complete",
        adId: "120231004567890123",
        adTitle: "Solar roof check – autumn",
        postId: "104411223344556_889900112233",
        photoUrl: "https://scontent.example/roof.jpg",
        ref: null,
        answers,
      },
    ]);
  });

  test("ids as numbers and milliseconds for seconds make the same event", () => {
    expect(eventsOf("lead-complete-numbers")).toEqual(eventsOf("lead-complete"));
  });

  test.each([
    ["lead-incomplete", 2],
    ["lead-incomplete-one-answer", 1],
    ["lead-incomplete-no-answers", 0],
    ["lead-without-answers", 0],
  ] as const)("%s is incomplete with %i answers", (name, count) => {
    expect(eventsOf(name)).toMatchObject([
      { kind: "lead_referral", outcome: "incomplete", answers: answers.slice(0, count) },
    ]);
  });

  test("odd answers are kept as text that can be stored", () => {
    expect(eventsOf("lead-odd-answers")).toMatchObject([
      {
        answers: [
          { question: "Anything else?", answer: "first" },
          { question: "Anything else?", answer: "second" },
          { question: expect.stringMatching(/^.{300}$/), answer: "Because 💡\nand שלום עולם" },
          { answer: "Mia␀Muster" },
          { answer: "Half a smile: \uFFFD" },
        ],
      },
    ]);
  });

  test("the page is whom the person wrote to, whatever the entry says", () => {
    expect(eventsOf("entry-of-another-page")).toEqual(eventsOf("lead-complete"));
  });

  test("a link or an ad into a thread that was there is one of its own", () => {
    expect(eventsOf("referral-open-thread")).toMatchObject([
      { kind: "thread_referral", ref: "flyer-stuttgart", source: "SHORTLINK", adId: null, isAd: false },
    ]);
    const ad =
      '{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1795343110000,"referral":{"type":"OPEN_THREAD","ad_id":120231004567890123}}';
    expect(eventsOfItems([ad])).toMatchObject([{ kind: "thread_referral", adId: "120231004567890123", isAd: true }]);
  });

  test("only the two endings count as such, and a video's thumbnail does for a photo", () => {
    const referral = (type: string) =>
      `{"sender":{"id":"7"},"recipient":{"id":"1"},"referral":{"type":"${type}","ads_context_data":{"video_url":"https://scontent.example/v.jpg"}}}`;
    const types = ["LEAD_COMPLETE", "constructor", "OPEN_THREAD", "lead_complete"];
    expect(eventsOfItems(types.map(referral))).toMatchObject([
      { kind: "lead_referral", photoUrl: "https://scontent.example/v.jpg" },
      { kind: "unknown", what: "referral" },
      { kind: "thread_referral" },
      { kind: "unknown", what: "referral" },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { replyTerms, type Window, windowEnds } from "./window.ts";

const HOUR = 60 * 60 * 1000;
const at = (hours: number) => new Date(Date.UTC(2026, 10, 22) + hours * HOUR);
const justBefore = (hours: number) => new Date(at(hours).getTime() - 1);
const DAYS = 24;

const empty: Window = {
  lastActionAt: null,
  opener: null,
  firstAdMessageAt: null,
  probableActionAt: null,
  refusedAt: null,
  hasHumanAgent: false,
};
const window = (given: Partial<Window>): Window => ({ ...empty, ...given });
const phase = (given: Partial<Window>, now: Date) => replyTerms(window(given), "person", now).phase;

describe("the free phase", () => {
  test("lasts a day from the person's last action, to the millisecond", () => {
    expect(phase({ lastActionAt: at(0) }, at(0))).toBe("free");
    expect(phase({ lastActionAt: at(0) }, justBefore(24))).toBe("free");
    expect(phase({ lastActionAt: at(0) }, at(24))).toBe("closed");
  });

  test("names its terms and its end", () => {
    expect(replyTerms(window({ lastActionAt: at(0) }), "automation", at(1))).toEqual({
      phase: "free",
      messagingType: "RESPONSE",
      endsAt: at(24),
    });
  });

  test("comes before the tag, which Meta forbids inside the first day", () => {
    expect(phase({ lastActionAt: at(0), hasHumanAgent: true }, at(23))).toBe("free");
  });

  test("no action seen, no window", () => {
    expect(phase({ hasHumanAgent: true }, at(0))).toBe("closed");
  });
});

describe("the probable phase", () => {
  const fromAd = { lastActionAt: at(0), firstAdMessageAt: at(0) };

  test("follows the free one, to seven days after the first message from the ad", () => {
    expect(phase(fromAd, at(24))).toBe("probable");
    expect(phase(fromAd, justBefore(7 * DAYS))).toBe("probable");
    expect(phase(fromAd, at(7 * DAYS))).toBe("closed");
  });

  test("is counted from the ad's message, not from later ones", () => {
    const later = { lastActionAt: at(6 * DAYS), firstAdMessageAt: at(0) };
    expect(phase(later, at(6.5 * DAYS))).toBe("free");
    expect(phase(later, at(7 * DAYS + 1))).toBe("closed");
  });

  test("opens with an incomplete lead whose last message we did not see", () => {
    expect(phase({ probableActionAt: at(0) }, at(1))).toBe("probable");
    expect(phase({ probableActionAt: at(0) }, at(7 * DAYS))).toBe("closed");
  });

  test("is sent as a plain response, by automation too", () => {
    expect(replyTerms(window(fromAd), "automation", at(30))).toEqual({
      phase: "probable",
      messagingType: "RESPONSE",
      endsAt: at(7 * DAYS),
    });
  });
});

describe("the human phase", () => {
  const tagged = { lastActionAt: at(0), hasHumanAgent: true };

  test("lets a person write for seven days, with the tag", () => {
    expect(replyTerms(window(tagged), "person", at(25))).toEqual({
      phase: "human",
      messagingType: "MESSAGE_TAG",
      tag: "HUMAN_AGENT",
      endsAt: at(7 * DAYS),
    });
    expect(phase(tagged, justBefore(7 * DAYS))).toBe("human");
    expect(phase(tagged, at(7 * DAYS))).toBe("closed");
  });

  test("is never for automation", () => {
    expect(replyTerms(window(tagged), "automation", at(25)).phase).toBe("closed");
  });

  test("exists only where the page has the feature", () => {
    expect(phase({ lastActionAt: at(0) }, at(25))).toBe("closed");
    expect(windowEnds(window({ lastActionAt: at(0) })).humanUntil).toBeNull();
  });

  test("follows a refused probable phase", () => {
    expect(phase({ probableActionAt: at(0), refusedAt: at(1), hasHumanAgent: true }, at(2))).toBe("human");
  });
});

describe("a refusal by Meta", () => {
  test("ends the free and the probable phase", () => {
    const refused = { lastActionAt: at(0), firstAdMessageAt: at(0), refusedAt: at(2) };
    expect(phase(refused, at(3))).toBe("closed");
    expect(phase({ probableActionAt: at(0), refusedAt: at(2) }, at(3))).toBe("closed");
  });

  test("is overtaken by the person's next action", () => {
    expect(phase({ lastActionAt: at(5), firstAdMessageAt: at(0), refusedAt: at(2) }, at(6))).toBe("free");
  });

  test("is remembered: this thread's ad gives no seven days, even after the person wrote again", () => {
    expect(phase({ lastActionAt: at(50), firstAdMessageAt: at(0), refusedAt: at(30) }, at(75))).toBe("closed");
  });

  test("counts from its own moment on", () => {
    expect(phase({ lastActionAt: at(2), refusedAt: at(2) }, at(3))).toBe("closed");
    expect(phase({ probableActionAt: at(2), refusedAt: at(2) }, at(3))).toBe("closed");
    expect(phase({ lastActionAt: at(2), refusedAt: justBefore(2) }, at(3))).toBe("free");
  });

  test("of an older ad says nothing about a newer one", () => {
    expect(phase({ lastActionAt: at(50), firstAdMessageAt: at(50), refusedAt: at(30) }, at(75))).toBe("probable");
  });
});

test("the ends of all phases are there for lists to sort by", () => {
  const all = window({ lastActionAt: at(10), firstAdMessageAt: at(0), probableActionAt: at(5), hasHumanAgent: true });
  expect(windowEnds(all)).toEqual({
    freeUntil: at(34),
    probableUntil: at(5 + 7 * DAYS),
    humanUntil: at(10 + 7 * DAYS),
  });
  expect(windowEnds(empty)).toEqual({ freeUntil: null, probableUntil: null, humanUntil: null });
});

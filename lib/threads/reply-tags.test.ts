import { describe, expect, test } from "vitest";
import { mayCarryTag, replyTags } from "./reply-tags.ts";

const today = new Date("2026-11-22T12:00:00Z");

describe("a tag", () => {
  test("HUMAN_AGENT is the only one a reply may carry today", () => {
    expect(replyTags.filter(({ name }) => mayCarryTag(name, today)).map(({ name }) => name)).toEqual(["HUMAN_AGENT"]);
  });

  test.each(["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"])("%s ended in April 2026", (name) => {
    expect(replyTags.find((tag) => tag.name === name)?.endedAt).toEqual(new Date("2026-04-27T00:00:00Z"));
    expect(mayCarryTag(name, today)).toBe(false);
  });

  test("ends to the millisecond on its day", () => {
    const endedAt = new Date("2027-03-01T00:00:00Z");
    const tags = [{ name: "HUMAN_AGENT", endedAt, carries: "reply", writtenBy: "person" }] as const;
    expect(mayCarryTag("HUMAN_AGENT", new Date(endedAt.getTime() - 1), tags)).toBe(true);
    expect(mayCarryTag("HUMAN_AGENT", endedAt, tags)).toBe(false);
  });

  test("nobody has heard of is none", () => expect(mayCarryTag("HUMAN_AGENTS", today)).toBe(false));
});

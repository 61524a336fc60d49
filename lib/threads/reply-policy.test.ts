import { describe, expect, test } from "vitest";
import { judgeReply, type ReplyCase } from "./reply-policy.ts";
import { casesOfTwo, expected, holder, messages, now, open, people, told } from "./reply-policy-samples.ts";

describe("the policy", () => {
  test("says in any two circumstances what the rules say", () => {
    const wrong = casesOfTwo().filter((facts) => told(facts) !== expected(facts));
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  const given: ReplyCase = {
    sender: "person",
    platform: "messenger",
    window: open,
    control: holder("ours"),
    troubles: [],
    person: people.ordinary,
    message: messages["a text"],
    now,
  };

  test("lets a reply be tried once the other app's control has lapsed", () => {
    expect(judgeReply({ ...given, control: holder("page_inbox", now) })).toMatchObject({ allowed: true });
  });

  test("counts Instagram's limit in bytes", () => {
    const text = "ü".repeat(2501);
    expect(judgeReply({ ...given, message: { kind: "text", text } })).toMatchObject({ allowed: true });
    expect(judgeReply({ ...given, platform: "instagram", message: { kind: "text", text } })).toEqual({
      allowed: false,
      why: "too_long",
    });
  });
});

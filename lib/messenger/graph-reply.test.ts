import { describe, expect, test } from "vitest";
import { readGraphError, sendAnswer, successAnswer } from "./graph-reply.ts";
import { parseLosslessJson } from "./lossless-json.ts";

describe("what Graph answers to a send", () => {
  test("is the message's id and, mostly, the person's", () => {
    expect(sendAnswer.parse({ recipient_id: "7719004412345678", message_id: "m_EchoExample03" })).toEqual({
      mid: "m_EchoExample03",
      psid: "7719004412345678",
    });
    expect(sendAnswer.parse(parseLosslessJson('{"recipient_id":7719004412345678,"message_id":"m_1"}'))).toEqual({
      mid: "m_1",
      psid: "7719004412345678",
    });
    expect(sendAnswer.parse({ message_id: "m_1" })).toEqual({ mid: "m_1", psid: null });
  });

  test.each([
    [null],
    [""],
    [[]],
    [{}],
    [{ message_id: null }],
    [{ message_id: {} }],
    [{ recipient_id: "7" }],
    [{ error: { code: 1 } }],
  ])("%j proves nothing", (body) => {
    expect(sendAnswer.safeParse(body).success).toBe(false);
  });
});

test("an action succeeded when Meta says true, in quotes or without", () => {
  expect(successAnswer.safeParse({ success: true }).success).toBe(true);
  expect(successAnswer.safeParse({ success: "true" }).success).toBe(true);
  for (const body of [{ success: false }, { success: "false" }, {}, null, "true"])
    expect(successAnswer.safeParse(body).success).toBe(false);
});

describe("readGraphError", () => {
  test("reads codes, Meta's own trace and sentence", () => {
    const error = {
      message: "(#10) This message is sent outside of allowed window.",
      type: "OAuthException",
      code: 10,
      error_subcode: 2018278,
      is_transient: false,
      fbtrace_id: "AbC123xyz",
    };
    expect(readGraphError({ error })).toEqual({
      code: 10,
      subcode: 2018278,
      isTransient: false,
      fbtraceId: "AbC123xyz",
      message: "(#10) This message is sent outside of allowed window.",
    });
  });

  test("reads codes in quotes, and leaves out what makes no sense", () => {
    expect(readGraphError({ error: { code: "190", error_subcode: "460", is_transient: "true" } })).toMatchObject({
      code: 190,
      subcode: 460,
      isTransient: true,
      fbtraceId: null,
    });
    expect(readGraphError({ error: { code: "x", error_subcode: 0, fbtrace_id: {} } })).toMatchObject({
      code: null,
      subcode: null,
      fbtraceId: null,
    });
  });

  test.each([
    [null],
    ["<html>Bad gateway</html>"],
    [[]],
    [{}],
    [{ error: "x" }],
    [{ error: null }],
    [{ message_id: "m" }],
  ])("finds no code in %j", (body) => {
    expect(readGraphError(body)).toEqual({
      code: null,
      subcode: null,
      isTransient: false,
      fbtraceId: null,
      message: null,
    });
  });
});

import { expect, test } from "vitest";
import { matchReplies } from "./reply-match.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, seconds));
const reply = (id: string, text: string, seconds: number) => ({ id, text, sendingAt: at(seconds) });
const message = (mid: string, text: string | null, seconds: number) => ({ mid, text, sentAt: at(seconds) });

test("a reply is the one message with its text at its time", () => {
  const messages = [message("m1", "Hello", 10), message("m2", "Hello there", 11), message("m3", null, 12)];
  expect(matchReplies([reply("a", "Hello", 11)], messages)).toEqual([{ id: "a", mid: "m1", sentAt: at(10) }]);
});

test.each([
  ["another text", [reply("a", "Hello", 10)], [message("m", "hello", 10)]],
  ["another time", [reply("a", "Hello", 10)], [message("m", "Hello", 90)]],
  ["a time before it left", [reply("a", "Hello", 30)], [message("m", "Hello", 10)]],
  ["two equal messages", [reply("a", "Hello", 10)], [message("m", "Hello", 10), message("n", "Hello", 20)]],
  ["two equal replies", [reply("a", "Hello", 10), reply("b", "Hello", 12)], [message("m", "Hello", 12)]],
])("%s settles nothing", (_, replies, messages) => {
  expect(matchReplies(replies, messages)).toEqual([]);
});

test("a message that another reply may be settles nothing, though that one asks for nothing", () => {
  const messages = [message("m", "Hello", 12)];
  expect(matchReplies([reply("a", "Hello", 10)], messages, [reply("b", "Hello", 12)])).toEqual([]);
  expect(matchReplies([reply("a", "Hello", 10)], messages, [reply("b", "Hello", 80)])).toHaveLength(1);
});

test("a part of a long text is known again, though its blanks were not sent", () => {
  expect(matchReplies([reply("a", "Hello \n\n", 10)], [message("m", "Hello", 10)])).toHaveLength(1);
});

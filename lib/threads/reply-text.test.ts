import { describe, expect, test } from "vitest";
import { MAX_PARTS, type Platform, splitText, textSize } from "./reply-text.ts";

const platforms: Platform[] = ["messenger", "instagram"];
const max = { messenger: 2000, instagram: 1000 };
const words = (length: number, word = "solar roof ") => word.repeat(Math.ceil(length / word.length)).slice(0, length);
const sent = (text: string, platform: Platform) => splitText(text, platform).map((part) => part.trim());

describe("a text", () => {
  test.each(platforms)("that fits stays one message (%s)", (platform) => {
    const text = "x".repeat(max[platform]);
    expect(splitText(text, platform)).toEqual([text]);
    expect(splitText(`${text}x`, platform)).toHaveLength(2);
  });

  test("counts characters on Messenger and bytes on Instagram", () => {
    const umlauts = "ä".repeat(600);
    expect(textSize(umlauts, "messenger")).toBe(600);
    expect(textSize(umlauts, "instagram")).toBe(1200);
    expect(splitText(umlauts, "messenger")).toHaveLength(1);
    expect(splitText(umlauts, "instagram")).toHaveLength(2);
  });

  test("does not count the blanks around it, which are not sent", () => {
    expect(splitText(`${"x".repeat(2000)}\n\n\n`, "messenger")).toHaveLength(1);
  });

  test("is cut between paragraphs, although a sentence ends later", () => {
    const first = `${words(1500)}.`;
    const second = `${words(300)}. ${words(700)}.`;
    expect(sent(`${first}\n\n${second}`, "messenger")).toEqual([first, second]);
  });

  test("is cut between sentences where the paragraph break would leave too little", () => {
    const opening = `Hello!\n\n${words(1800)}.`;
    expect(sent(`${opening} ${words(900)}.`, "messenger")).toEqual([opening, `${words(900)}.`]);
  });

  test("keeps the mark that closes a quotation with its sentence", () => {
    const first = `“${words(1900)}.”`;
    expect(sent(`${first} ${words(500)}`, "messenger")[0]).toBe(first);
  });

  test("is cut between words where no sentence ends", () => {
    const parts = sent(words(4500), "messenger");
    expect(parts).toHaveLength(3);
    for (const part of parts.slice(0, -1)) expect(part).toMatch(/(solar|roof)$/);
  });

  test("without a blank is cut where it is full, between the characters people see", () => {
    const family = "👨‍👩‍👧‍👦";
    const parts = splitText(family.repeat(300), "messenger");
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.length % family.length).toBe(0);
  });

  test("made of one endless character still leaves in pieces that are text", () => {
    const parts = splitText(`e${"\u0301".repeat(5000)}`, "instagram");
    expect(parts.every((part) => part.isWellFormed() && textSize(part, "instagram") <= 1000)).toBe(true);
  });

  test("of five full messages is the longest reply", () => {
    expect(splitText("x".repeat(10_000), "messenger")).toHaveLength(MAX_PARTS);
    expect(splitText("x".repeat(10_001), "messenger")).toHaveLength(MAX_PARTS + 1);
  });
});

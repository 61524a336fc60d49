import { describe, expect, test } from "vitest";
import { isTooLong, MAX_PARTS, type Platform, splitText, textLimit, textSize } from "./reply-text.ts";

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

  test.each([
    ["$", 1],
    ["\u007f", 1],
    ["\u0080", 2],
    ["\u07ff", 2],
    ["\u0800", 3],
    ["\uffff", 3],
    ["👍", 4],
    ["\ud83d", 3],
  ])("counts %j as the bytes of its UTF-8: %s", (character, bytes) => {
    expect(textSize(`x${character}x`, "instagram")).toBe(bytes + 2);
    expect(textSize(`x${character}x`, "instagram")).toBe(Buffer.byteLength(`x${character}x`));
    expect(splitText(character.repeat(Math.floor(1000 / bytes)), "instagram")).toHaveLength(1);
    expect(splitText(character.repeat(Math.floor(1000 / bytes) + 1), "instagram")).toHaveLength(2);
  });

  test("is too long when it leaves in more than five messages", () => {
    expect(isTooLong("x".repeat(10_000), "messenger")).toBe(false);
    expect(isTooLong("x".repeat(10_001), "messenger")).toBe(true);
    // Fits by its size, but not as it would be cut.
    const paragraphs = Array.from({ length: 6 }, () => words(1100)).join("\n\n");
    expect(textSize(paragraphs, "messenger")).toBeLessThan(10_000);
    expect(isTooLong(paragraphs, "messenger")).toBe(splitText(paragraphs, "messenger").length > MAX_PARTS);
    expect(isTooLong(paragraphs, "messenger")).toBe(true);
    expect(platforms.map(textLimit)).toEqual([
      { max: 2000, unit: "characters" },
      { max: 1000, unit: "bytes" },
    ]);
  });

  test("is cut where a break ends, with the blanks left behind", () => {
    const first = "m".repeat(1995);
    expect(splitText(`${first}. Next one.`, "messenger")).toEqual([`${first}. `, "Next one."]);
    expect(splitText(`${first}.   \n  ${"n".repeat(50)}`, "messenger")).toEqual([`${first}.   \n  `, "n".repeat(50)]);
    expect(splitText(`  \n${"m".repeat(1999)} nn`, "messenger")).toEqual([`  \n${"m".repeat(1999)} `, "nn"]);
  });

  test("is cut no earlier than half of a message", () => {
    const parts = (lead: number) => sent(`${"m".repeat(lead)} ${"n".repeat(2500)}`, "messenger");
    expect(parts(1000)[0]).toBe("m".repeat(1000));
    expect(parts(999)[0]).toHaveLength(2000);
  });
});
